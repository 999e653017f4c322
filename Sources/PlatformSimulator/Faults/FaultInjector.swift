/// Decides, request by request, which faults strike.
struct FaultInjector: Sendable {
    struct Decision: Sendable {
        var latencyMilliseconds = 0
        var killsToken = false
        var duplicatesHeaders = false
        /// The fault that replaces or spoils the answer.
        var effect: FaultEffect?
        var kinds: [FaultKind] = []
    }

    private let faults: [Fault]
    private let seed: UInt64
    private var counts: [Int]

    init(_ faults: [Fault], seed: UInt64) {
        self.faults = faults
        self.seed = seed
        counts = Array(repeating: 0, count: faults.count)
    }

    /// Whether nothing goes wrong, whatever is asked for.
    var isEmpty: Bool { faults.isEmpty }

    mutating func decide(_ endpoint: SimulatorEndpoint, max: Int?) -> Decision {
        var decision = Decision()
        for (index, fault) in faults.enumerated() where fault.target.matches(endpoint) {
            counts[index] += 1
            guard strikes(fault.occurrence, count: counts[index], fault: index, max: max) else { continue }
            switch fault.effect {
            case .latency(let milliseconds): decision.latencyMilliseconds += milliseconds
            case .tokenDeath: decision.killsToken = true
            case .duplicateHeaders: decision.duplicatesHeaders = true
            default:
                if decision.effect != nil { continue }
                decision.effect = fault.effect
            }
            decision.kinds.append(fault.effect.kind)
        }
        return decision
    }

    private func strikes(_ occurrence: FaultOccurrence, count: Int, fault: Int, max: Int?) -> Bool {
        switch occurrence {
        case .always: true
        case .nth(let number): count == number
        case .every(let number): number > 0 && count.isMultiple(of: number)
        case .range(let range): range.contains(count)
        case .probability(let share):
            Double(SeededHash.value(seed, 61 + UInt64(fault), UInt64(count)) >> 11) < share * 0x1p53
        case .maxAbove(let limit): (max ?? 10) > limit
        }
    }
}
