/// What has changed in the Kismet organization since the plan was laid out.
struct KismetOverlay: Sendable {
    var consentedCalls: Set<Int> = []
    var endedCalls: Set<Int> = []
    var deletedEgresses: Set<Int> = []
    /// By position of the call.
    var lateEgresses: [Int: [KismetEgress]] = [:]
    var lateEgressCount = 0
    /// By egress id, in the order of their ids.
    var addedRows: [Int: [KismetAuditRow]] = [:]
    var addedRowCount = 0
    /// Egresses whose pages were shifted already.
    var shiftedEgresses: Set<Int> = []
}

/// The organization as it stands: generated data with the changes laid over it.
struct KismetView: Sendable {
    let world: KismetWorld
    let overlay: KismetOverlay

    func call(_ position: Int) -> KismetCall {
        var call = world.call(
            position,
            isConsented: overlay.consentedCalls.contains(position),
            isEnded: overlay.endedCalls.contains(position)
        )
        if call.hasEgresses == false, overlay.lateEgresses[position] != nil { call.hasEgresses = true }
        return call
    }

    /// A reachable call that is listed under a reachable user.
    func call(user: Int, call id: Int) -> KismetCall? {
        guard let userPosition = world.userPosition(user), !world.plan.unreachableUsers.contains(userPosition) else {
            return nil
        }
        let position = id - 1
        guard (0..<world.plan.calls).contains(position), world.lists(user: userPosition, call: position),
            !world.plan.unreachableCalls.contains(position)
        else { return nil }
        return call(position)
    }

    /// The egresses that the API gives for a call: none before it has ended, none without consent.
    func egresses(of call: KismetCall) -> [KismetEgress] {
        let position = call.position
        guard call.isEnded, world.oddity(position) != .noConsent || overlay.consentedCalls.contains(position) else {
            return []
        }
        let generated = (0..<world.egressCount(call: position)).map { world.egress(call: position, ordinal: $0) }
        let all = generated + (overlay.lateEgresses[position] ?? [])
        return overlay.deletedEgresses.isEmpty ? all : all.filter { !overlay.deletedEgresses.contains($0.id) }
    }

    func egress(_ id: Int, of call: KismetCall) -> KismetEgress? {
        egresses(of: call).first { $0.id == id }
    }

    /// All audit rows of an egress, newest first.
    func auditRows(of egress: KismetEgress) -> [KismetAuditRow] {
        var rows = world.auditRows(of: egress)
        if let added = overlay.addedRows[egress.id] { rows += added }
        rows.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        return rows
    }
}
