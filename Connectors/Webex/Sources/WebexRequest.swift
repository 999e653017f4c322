import RawJSON
import RecordingKit

/// The requests that the connector sends.
enum WebexRequest {
    /// Both reports are paged by `Link`, at most 100 rows a page; without `max` a page would hold 10.
    static var paging: Paging {
        var paging = Paging.linkHeader(items: "/items")
        paging.pageSize = PageSize("max", preferred: 100)
        return paging
    }

    /// The account's sites.
    static var sites: APIRequest { .get("/meetingPreferences/sites") }

    /// The summaries of one site and host.
    ///
    /// - Parameters:
    ///   - site: nil for the account's preferred site.
    ///   - host: nil for the account itself.
    ///   - window: nil for the last seven days.
    ///   - size: how many rows to ask for when the answer is not paged through.
    static func summaries(site: String?, host: String?, window: TimeWindow? = nil, size: Int? = nil) -> APIRequest {
        var query: [QueryItem] = []
        if let window {
            query.append(QueryItem("from", .start(window.from)))
            query.append(QueryItem("to", .text(window.to.roundedUpToSecond.description)))
        }
        if let site { query.append(QueryItem("siteUrl", .text(site))) }
        if let host { query.append(QueryItem("hostEmail", .text(host))) }
        if let size { query.append(QueryItem("max", .text(String(size)))) }
        return .get("/recordingReport/accessSummary", query: query).inUTC
    }

    /// The accesses of one recording, asked as the same host as the listing that the recording came from.
    static func details(of recording: Recording) -> APIRequest {
        var query = [QueryItem("recordingId", .text(recording.id))]
        if let host = recording.parameters["hostEmail"] { query.append(QueryItem("hostEmail", .text(host))) }
        return .get("/recordingReport/accessDetail", query: query).inUTC
    }

    /// One recording with links to its files, asked as the same host as the listing that it came from.
    ///
    /// Webex takes the site as a header field here; without it an administrator's preferred site alone may be looked at, and a
    /// recording of another site would seem to be gone.
    static func recording(_ recording: Recording) -> APIRequest {
        var query: [QueryItem] = []
        if let host = recording.parameters["hostEmail"] { query.append(QueryItem("hostEmail", .text(host))) }
        let request = APIRequest.get("/recordings/{id}", parameters: ["id": recording.id], query: query).inUTC
        return recording.site.map { request.header("siteUrl", $0) } ?? request
    }
}

extension APIRequest {
    /// Asks for times in UTC; Webex takes the zone as a header field.
    fileprivate var inUTC: APIRequest { header("timezone", "UTC") }
}
