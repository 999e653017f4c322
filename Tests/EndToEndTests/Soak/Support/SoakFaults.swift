import PlatformSimulator

/// What goes wrong on the platforms' side during one turn.
struct SoakFaults: Sendable {
    var requests: [Fault] = []
    var media: [MediaFaultRule] = []
    /// The longest page that the platform gives, which every client gets by with.
    private(set) var pageLimit: Fault?

    /// All that concerns requests.
    var all: [Fault] { requests + (pageLimit.map { [$0] } ?? []) }
    /// Whether nothing goes wrong.
    var isEmpty: Bool { requests.isEmpty && media.isEmpty }
    /// Whether something among them may look like credentials that are rejected.
    var touchesCredentials: Bool {
        requests.contains { fault in
            switch fault.effect {
            case .serverError(let status, _, _): [400, 401, 403].contains(status)
            case .tokenDeath: true
            default: false
            }
        }
    }

    /// Pages of this many rows at most, which the platform forces by failing on larger ones.
    mutating func limitPages(to rows: Int) {
        pageLimit = Fault(.serverError(504), on: .endpoint(.webexAccessSummary), .maxAbove(rows))
    }

    /// A few faults of everything that there is, each at a rate of its own.
    static func random(_ dice: inout SeededGenerator) -> SoakFaults {
        var faults = SoakFaults()
        let intensity = dice.pick([0.5, 1, 1, 2, 4])
        for _ in 0..<dice.number(2...9) { faults.requests.append(request(&dice, intensity)) }
        for _ in 0..<dice.below(5) { faults.media.append(medium(&dice)) }
        let media = faults.media
        faults.media.removeAll { rule in rule.faults.contains { cannotBeNoticed($0, beside: media) } }
        return faults
    }

    // MARK: Requests

    private static let targets: [FaultTarget] =
        [.everything, .platform(.kismet), .platform(.webex)] + (details + listings).map { .endpoint($0) }
    private static let listings: [SimulatorEndpoint] = [
        .kismetOrganizationUsers, .kismetCalls, .kismetEgresses, .kismetAuditLogs, .webexSites, .webexAccessSummary,
        .webexAccessDetail,
    ]
    private static let details: [SimulatorEndpoint] = [.kismetEgress, .webexRecording, .webexAccessToken]

    private static let passing: [FaultEffect] = [
        .tooManyRequests(.none), .tooManyRequests(.seconds(1)), .tooManyRequests(.seconds(0)),
        .tooManyRequests(.seconds(-5)), .tooManyRequests(.fraction(0.3)), .tooManyRequests(.date(secondsAhead: 1)),
        .tooManyRequests(.garbage), .locked(.none), .locked(.seconds(1)), .serverError(500, body: .html),
        .serverError(502, body: .empty), .serverError(503, retryAfter: .seconds(1)), .serverError(504),
        .latency(50), .latency(400), .resetBeforeResponse, .resetInBody, .shortBody, .truncatedJSON, .htmlPage,
        .emptyBody, .duplicateHeaders, .redirect(status: 302, origin: "http://127.0.0.1:9"),
    ]
    /// What a listing can lie about, or refuse for good.
    private static let ofListings: [FaultEffect] = [
        .linkToSelf, .linkToStart, .garbageLink, .foreignLink(origin: "https://x.example/canary-foreign"),
        .serverError(400), .serverError(401), .serverError(403), .serverError(404), .serverError(410),
        .wrongTotal(by: 1), .wrongTotal(by: 150), .tokenDeath, .tooManyRequests(.seconds(7_200)),
    ]
    /// They cost minutes, so that they come once.
    private static let slow: [FaultEffect] = [.stallAfterHead, .stallInBody]

    private static func request(_ dice: inout SeededGenerator, _ intensity: Double) -> Fault {
        let rate = Double(dice.number(2...30)) / 1_000 * intensity
        switch dice.below(10) {
        case 0: return Fault(dice.pick(slow), on: dice.pick(targets), .nth(dice.number(1...150)))
        case 1: return Fault(dice.pick(passing), on: dice.pick(targets), .range(3...dice.number(4...14)))
        case 2...5:
            let effect = dice.pick(ofListings)
            return Fault(effect, on: .endpoint(dice.pick(endpoints(of: effect))), .probability(rate))
        default: return Fault(dice.pick(passing), on: dice.pick(targets), .probability(rate))
        }
    }

    /// Where an effect has a meaning.
    private static func endpoints(of effect: FaultEffect) -> [SimulatorEndpoint] {
        switch effect {
        case .linkToSelf, .linkToStart, .garbageLink, .foreignLink: [.webexAccessSummary, .webexAccessDetail]
        case .wrongTotal: [.kismetOrganizationUsers, .kismetCalls, .kismetAuditLogs]
        case .tokenDeath: [.webexSites, .webexAccessSummary, .webexAccessDetail, .webexRecording]
        default: listings
        }
    }

    // MARK: Media

    private static let ofFiles: [MediaFault] = [
        .ignoresRange, .announcesMore(by: 100), .announcesNothing, .resets(afterBytes: 20_000),
        .cutsOff(afterBytes: 30_000), .changes(afterRequests: 1, keepsETag: false), .hasNoETag, .hasWeakETag,
        .htmlPage, .xmlError, .emptyBody, .contentType("text/html"), .gzips, .redirectsToOtherPath,
        .redirectsToOtherOrigin, .redirectsToPrivateAddress, .linkDies(afterRequests: 1), .status(503), .status(500),
        .status(429), .stalls(afterBytes: 15_000),
    ]

    /// Whether a fault hides another one from any client there could be.
    private static func cannotBeNoticed(_ fault: MediaFault, beside rules: [MediaFaultRule]) -> Bool {
        func has(_ other: (MediaFault) -> Bool) -> Bool { rules.contains { $0.faults.contains(where: other) } }
        switch fault {
        case .announcesNothing: return has { if case .cutsOff = $0 { true } else { false } }
        case .hasNoETag, .hasWeakETag: return has { if case .changes = $0 { true } else { false } }
        default: return false
        }
    }

    private static func medium(_ dice: inout SeededGenerator) -> MediaFaultRule {
        let divisor = dice.number(2...9)
        let target = MediaTarget.every(divisor, remainder: dice.below(divisor))
        return MediaFaultRule(dice.pick(ofFiles), on: target, requests: 1...dice.number(1...3))
    }
}
