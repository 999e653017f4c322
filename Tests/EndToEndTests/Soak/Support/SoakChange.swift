import PlatformSimulator

/// Something that happens on the platforms in the course of time.
enum SoakChange: Sendable {
    case accesses(recordings: Int, downloads: Int)
    case recording(site: Int, daysAgo: Int)
    case auditRows(count: Int, egress: Int)
    case egress(call: Int)
    case consent(call: Int)
    case end(call: Int)
    /// Every access token dies.
    case revocation

    init(_ dice: inout SeededGenerator) {
        let calls = SoakSite.calls
        switch dice.below(20) {
        case 0...4: self = .accesses(recordings: dice.number(1...8), downloads: dice.below(2))
        case 5...10: self = .recording(site: dice.below(2), daysAgo: dice.below(30))
        case 11...13: self = .auditRows(count: dice.number(1...120), egress: dice.number(1...calls))
        case 14...16: self = .egress(call: dice.number(1...calls))
        case 17: self = .consent(call: dice.number(1...calls))
        case 18: self = .end(call: dice.number(1...calls))
        default: self = .revocation
        }
    }

    func apply(to simulator: PlatformSimulator, at seconds: Int64) {
        switch self {
        case .accesses(let recordings, let downloads):
            simulator.growCounters(ofRecordings: recordings, downloads: downloads)
        case .recording(let site, let daysAgo):
            simulator.addLateRecording(site: site, startedAt: seconds - Int64(daysAgo) * 86_400 - 7_200)
        case .auditRows(let count, let egress): simulator.addAuditRows(count, egress: egress)
        case .egress(let call): simulator.addLateEgress(call: call)
        case .consent(let call): simulator.giveConsent(call: call)
        case .end(let call): simulator.endCall(call)
        case .revocation: simulator.killAccessTokens()
        }
    }
}
