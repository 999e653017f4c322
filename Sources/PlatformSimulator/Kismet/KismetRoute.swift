/// A path of the Kismet API, taken apart.
enum KismetRoute: Equatable {
    case users
    case calls(user: Int)
    case call(user: Int, call: Int)
    case egresses(user: Int, call: Int)
    case egress(user: Int, call: Int, egress: Int)
    case auditLogs(user: Int, call: Int, egress: Int)

    /// - Returns: the endpoint that the path belongs to, and the route unless one of its identifiers is no integer.
    static func parse(_ path: String) -> (endpoint: SimulatorEndpoint, route: KismetRoute?) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard parts.starts(with: ["api", "external", "organization_users"]) else { return (.unknown, nil) }
        let rest = Array(parts.dropFirst(3))
        let numbers = stride(from: 0, to: rest.count, by: 2).map { Int(rest[$0]) }
        let words = stride(from: 1, to: rest.count, by: 2).map { rest[$0] }
        func id(_ index: Int) -> Int? { numbers[index] }
        switch (rest.count, words) {
        case (0, _):
            return (.kismetOrganizationUsers, .users)
        case (2, ["calls"]):
            return (.kismetCalls, id(0).map { .calls(user: $0) })
        case (3, ["calls"]):
            guard let user = id(0), let call = id(1) else { return (.kismetCall, nil) }
            return (.kismetCall, .call(user: user, call: call))
        case (4, ["calls", "egresses"]):
            guard let user = id(0), let call = id(1) else { return (.kismetEgresses, nil) }
            return (.kismetEgresses, .egresses(user: user, call: call))
        case (5, ["calls", "egresses"]):
            guard let user = id(0), let call = id(1), let egress = id(2) else { return (.kismetEgress, nil) }
            return (.kismetEgress, .egress(user: user, call: call, egress: egress))
        case (6, ["calls", "egresses", "audit_logs"]):
            guard let user = id(0), let call = id(1), let egress = id(2) else { return (.kismetAuditLogs, nil) }
            return (.kismetAuditLogs, .auditLogs(user: user, call: call, egress: egress))
        default:
            return (.unknown, nil)
        }
    }
}
