/// The generated data of the Kismet organization, each record computed when it is asked for.
struct KismetWorld: Sendable {
    let plan: KismetPlan
    let seed: UInt64
    let anchor: Int64

    static let firstUserID = 101
    static let lateEgressLimit = 1000
    static let rowsPerEgress = 1000

    /// What is unusual about a call, by its position, so that a dozen calls show every case.
    enum Oddity: Int {
        case sharedEnd = 0
        case egressStarting = 1
        case unsaidEgresses = 2
        case egressFailed = 3
        case unknownStatus = 4
        case noConsent = 5
        case noEgresses = 7
        case notEnded = 9
        case manyReads = 11
    }

    func oddity(_ call: Int) -> Oddity? {
        plan.hasOddities ? Oddity(rawValue: call % 12) : nil
    }

    func userPosition(_ id: Int) -> Int? {
        let position = id - Self.firstUserID
        return (0..<plan.users).contains(position) ? position : nil
    }

    /// Positions of the calls listed under a user, ascending.
    func callPositions(user: Int) -> [Int] {
        var positions: [Int] = []
        positions.reserveCapacity(plan.calls / max(1, plan.users) + 1)
        for call in 0..<plan.calls where lists(user: user, call: call) { positions.append(call) }
        return positions
    }

    func lists(user: Int, call: Int) -> Bool {
        call % plan.users == user || (isShared(call) && (call + 1) % plan.users == user)
    }

    private func isShared(_ call: Int) -> Bool {
        plan.users > 1 && plan.sharedCallEvery > 0 && call % plan.sharedCallEvery == plan.sharedCallEvery - 1
    }

    func call(_ position: Int, isConsented: Bool, isEnded: Bool) -> KismetCall {
        let span = Int64(plan.spanDays) * CivilTime.secondsPerDay
        let slot = max(1, span / Int64(max(1, plan.calls)))
        let jitter = Int64(SeededHash.below(Int(slot), seed, 11, UInt64(position)))
        let created = anchor - span + slot * Int64(position) + jitter - 4 * 3600
        let owner = position % plan.users
        var users = [Self.firstUserID + owner]
        if isShared(position) { users.append(Self.firstUserID + (position + 1) % plan.users) }
        let oddity = oddity(position)
        let hasEgresses: Bool? =
            switch oddity {
            case .unsaidEgresses: nil
            case .noEgresses: false
            case .noConsent: isConsented || position % 24 < 12
            case .notEnded: isEnded
            default: true
            }
        return KismetCall(
            id: position + 1,
            userIDs: users,
            name: Self.names[SeededHash.below(Self.names.count, seed, 12, UInt64(position))],
            hasEgresses: hasEgresses,
            isEnded: oddity != .notEnded || isEnded,
            createdAt: created,
            updatedAt: created + 1800
        )
    }

    func egressCount(call: Int) -> Int {
        guard plan.egressesPerCall > 0, oddity(call) != .noEgresses else { return 0 }
        let count = 1 + SeededHash.below(plan.egressesPerCall, seed, 13, UInt64(call))
        return oddity(call) == .sharedEnd ? min(max(count, 2), plan.egressesPerCall) : count
    }

    /// The call and the place in it that a generated egress has.
    func place(ofEgress id: Int) -> (call: Int, ordinal: Int)? {
        guard plan.egressesPerCall > 0, id >= 1 else { return nil }
        let (call, ordinal) = (id - 1).quotientAndRemainder(dividingBy: plan.egressesPerCall)
        return call < plan.calls && ordinal < egressCount(call: call) ? (call, ordinal) : nil
    }

    var firstLateEgressID: Int { plan.calls * max(1, plan.egressesPerCall) + 1 }

    /// The first id of rows that are added while the simulator runs.
    var firstAddedRowID: Int { (firstLateEgressID + Self.lateEgressLimit) * Self.rowsPerEgress }

    func egress(call: Int, ordinal: Int) -> KismetEgress {
        let id = call * plan.egressesPerCall + ordinal + 1
        let oddity = oddity(call)
        let start = self.call(call, isConsented: true, isEnded: true).createdAt
        let created = start + (oddity == .sharedEnd ? 60 : Int64(60 + 300 * ordinal))
        let length = Int64(600 + SeededHash.below(900, seed, 14, UInt64(oddity == .sharedEnd ? call : id + plan.calls)))
        var egress = KismetEgress(
            id: id,
            callID: call + 1,
            egressID: externalID(id),
            status: "egress_ended",
            error: nil,
            isStopped: true,
            endedAt: created + length,
            createdAt: created,
            updatedAt: created + length
        )
        guard ordinal == 0 else { return egress }
        switch oddity {
        case .egressStarting:
            egress.status = "egress_starting"
            egress.isStopped = false
            egress.endedAt = nil
            egress.updatedAt = created
        case .egressFailed:
            egress.error = "Start signal not received"
        case .unknownStatus:
            egress.status = "egress_limit_reached"
        default:
            break
        }
        return egress
    }

    func externalID(_ id: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        var bits = SeededHash.value(seed, 15, UInt64(id))
        var text = Array("EG_".utf8)
        for position in 0..<20 {
            if position == 10 { bits = SeededHash.mix(bits ^ UInt64(id)) }
            text.append(alphabet[Int(bits % 52)])
            bits /= 52
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let names = [
        "Initial Consult", "Follow-up", "Group Session \u{2013} \u{201c}B\u{201d}", "Family Visit",
        "Dr. M\u{fc}ller: intake",
    ]
}
