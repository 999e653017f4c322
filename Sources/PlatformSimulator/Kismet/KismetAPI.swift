/// Answers of the Kismet API to a request that was let in, from the organization as it stands.
struct KismetAPI {
    let view: KismetView

    func answer(_ route: KismetRoute?, query: QueryParameters) -> HTTPResponse {
        switch route {
        case nil:
            Self.notFound
        case .users:
            users(query)
        case .calls(let user):
            calls(user: user, query)
        case .call(let user, let call):
            single(view.call(user: user, call: call)) { $0.kismetCall($1) }
        case .egresses(let user, let call):
            egresses(view.call(user: user, call: call))
        case .egress:
            // Answered by `show`, which is told the link.
            Self.notFound
        case .auditLogs(let user, let call, let id):
            auditLogs(egress(user: user, call: call, id), query)
        }
    }

    static let notFound = error(404, "Not found")

    static func error(_ status: Int, _ message: String) -> HTTPResponse {
        var body = JSONBytes()
        body.raw("{\"error\":")
        body.string(message)
        body.raw("}")
        return HTTPResponse(status: status, body: body.bytes)
    }

    /// One egress with its link, which is null where there is none.
    static func show(_ egress: KismetEgress, link: String?) -> HTTPResponse {
        var body = JSONBytes(capacity: 768)
        body.kismetEgress(egress, url: .some(link))
        return HTTPResponse(status: 200, body: body.bytes)
    }

    func egress(user: Int, call: Int, _ id: Int) -> KismetEgress? {
        view.call(user: user, call: call).flatMap { view.egress(id, of: $0) }
    }

    private func users(_ query: QueryParameters) -> HTTPResponse {
        let page = KismetPage(query)
        var positions = Array(0..<view.world.plan.users)
        if let email = query["email"] { positions = positions.filter { "clinician\($0 + 1)@clinic.example" == email } }
        return list("{\"organization_users\":[", positions, page) { $0.kismetUser(view.world, position: $1) }
    }

    private func calls(user: Int, _ query: QueryParameters) -> HTTPResponse {
        guard let position = view.world.userPosition(user), !view.world.plan.unreachableUsers.contains(position) else {
            return Self.notFound
        }
        return list("{\"calls\":[", view.world.callPositions(user: position), KismetPage(query)) {
            $0.kismetCall(view.call($1))
        }
    }

    private func egresses(_ call: KismetCall?) -> HTTPResponse {
        single(call) { body, call in
            body.raw("{\"egresses\":[")
            for (index, egress) in view.egresses(of: call).enumerated() {
                if index > 0 { body.raw(",") }
                body.kismetEgress(egress)
            }
            body.raw("]}")
        }
    }

    private func auditLogs(_ egress: KismetEgress?, _ query: QueryParameters) -> HTTPResponse {
        guard let egress else { return Self.notFound }
        var rows = view.auditRows(of: egress)
        if let event = query["event"], !event.isEmpty { rows = rows.filter { $0.event == event } }
        if let from = query["from"], !from.isEmpty {
            guard let day = TimestampParser.wholeDay(from) else { return Self.error(400, "Invalid date: from") }
            rows = rows.filter { $0.createdAt >= day * CivilTime.secondsPerDay }
        }
        if let to = query["to"], !to.isEmpty {
            guard let day = TimestampParser.wholeDay(to) else { return Self.error(400, "Invalid date: to") }
            rows = rows.filter { $0.createdAt < (day + 1) * CivilTime.secondsPerDay }
        }
        return list("{\"audit_logs\":[", rows, KismetPage(query)) { $0.kismetAuditRow($1) }
    }

    private func list<Item>(
        _ opening: StaticString,
        _ items: [Item],
        _ page: KismetPage,
        write: (inout JSONBytes, Item) -> Void
    ) -> HTTPResponse {
        let range = page.range(of: items.count)
        var body = JSONBytes(capacity: 128 + range.count * 320)
        body.raw(opening)
        for index in range {
            if index > range.lowerBound { body.raw(",") }
            write(&body, items[index])
        }
        body.raw("]")
        body.kismetPagination(page, total: items.count)
        body.raw("}")
        return HTTPResponse(status: 200, body: body.bytes)
    }

    private func single<Item>(_ item: Item?, write: (inout JSONBytes, Item) -> Void) -> HTTPResponse {
        guard let item else { return Self.notFound }
        var body = JSONBytes(capacity: 512)
        write(&body, item)
        return HTTPResponse(status: 200, body: body.bytes)
    }
}
