import RawJSON
import RecordingKit

/// The requests that the connector sends.
///
/// One alone leaves a trace in the customer's audit trail: ``details(of:in:)``.
enum KismetRequest {
    /// A list that is cut into numbered pages and says how many items there are.
    static func numberedPages(of items: JSONPointer) -> Paging {
        var paging = Paging.pageNumber(totalPages: "/pagination/total_pages", items: items)
        paging.pageSize = PageSize("per_page", preferred: 100)
        paging.totalCount = "/pagination/total_count"
        paging.itemKey = "id"
        return paging
    }

    /// One user of the organization, for checking the credentials.
    static var anyUser: APIRequest { .get("/organization_users", query: [QueryItem("per_page", "1")]) }

    /// The users of the organization.
    static var users: APIRequest { .get("/organization_users") }

    /// The calls of a user.
    static func calls(of user: String) -> APIRequest {
        .get("/organization_users/{organization_user_id}/calls", parameters: ["organization_user_id": user])
    }

    /// The recordings of a call, all at once.
    static func egresses(of call: KismetCall) -> APIRequest {
        .get(
            "/organization_users/{organization_user_id}/calls/{call_id}/egresses",
            parameters: call.pathParameters
        )
    }

    /// The details of one recording with a link to its file, which leaves a `read` in the recording's audit trail.
    static func details(of id: String, in call: KismetCall) -> APIRequest {
        var parameters = call.pathParameters
        parameters["egress_id"] = id
        var request = APIRequest.get(
            "/organization_users/{organization_user_id}/calls/{call_id}/egresses/{egress_id}",
            parameters: parameters
        )
        request.auditCost = KismetSource.mediaOffer.auditCost
        return request
    }

    /// How the audit trail is asked for a range: by whole days, both included, of a zone that the platform does not name.
    static let auditDays = WindowRules(longestSpan: nil, horizon: nil, unit: .dayInUnknownZone, includesEnd: true)

    /// The audit trail of a recording, the newest entry first.
    ///
    /// - Parameters:
    ///   - id: the egress's number; its `EG_…` id leads nowhere.
    ///   - call: the call that it belongs to.
    ///   - since: everything from this instant on is asked for, by the days that surely hold it.
    static func auditLogs(of id: String, in call: KismetCall, since: Timestamp?) -> APIRequest {
        var parameters = call.pathParameters
        parameters["egress_id"] = id
        let from = since.map { since in
            let first = auditDays.bounds(of: TimeWindow(from: since, to: since)).first
            return QueryItem("from", .text(first.day))
        }
        return .get(
            "/organization_users/{organization_user_id}/calls/{call_id}/egresses/{egress_id}/audit_logs",
            parameters: parameters,
            query: from.map { [$0] } ?? []
        )
    }
}
