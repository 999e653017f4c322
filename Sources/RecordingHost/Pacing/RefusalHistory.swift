/// Remembers what each stretch between two refusals brought, to tell a limit on the rate from refusals that come whatever the rate.
///
/// Under a limit on the rate, asking more slowly never brings less: an ample bucket gives the same, a small one more, because
/// less time is lost waiting. Where asking more slowly has brought clearly less, twice in a row, the refusals are about
/// something else, and slowing down only makes the run longer.
struct RefusalHistory: Sendable {
    /// One stretch between two refusals, the wait after the first of them included.
    struct Stretch: Sendable {
        /// The rate at which requests went out when the second refusal came.
        let rate: Double
        /// Requests accepted.
        let accepted: Int
        /// Requests accepted a second.
        let throughput: Double
    }

    private static let remembered = 6
    /// Fewer accepted requests than these are a small bucket's work, and say nothing of what brings more.
    private static let telling = 8
    private var stretches: [Stretch] = []
    private var lastRefusal: Double?
    private var accepted = 0
    private var losses = 0

    /// Notes an answer that was no refusal.
    mutating func noteAccepted() { accepted += 1 }

    /// Notes a refusal, and returns the stretch that it ends; nil for the first refusal, before which a bucket may have been full.
    mutating func noteRefusal(at time: Double, rate: Double) -> Stretch? {
        defer {
            lastRefusal = time
            accepted = 0
        }
        guard let lastRefusal, time > lastRefusal else { return nil }
        let stretch = Stretch(rate: rate, accepted: accepted, throughput: Double(accepted) / (time - lastRefusal))
        losses = stretch.accepted >= RefusalHistory.telling && faster(than: stretch) != nil ? losses + 1 : 0
        stretches = (stretches + [stretch]).suffix(RefusalHistory.remembered)
        return stretch
    }

    /// The rate that brought most, when slowing down from it has cost throughput twice in a row.
    var betterRate: Double? {
        guard losses >= 2 else { return nil }
        return stretches.max { $0.throughput < $1.throughput }?.rate
    }

    /// Forgets everything but the time of the last refusal.
    mutating func restart() {
        stretches = []
        losses = 0
    }

    private func faster(than stretch: Stretch) -> Stretch? {
        stretches.first {
            $0.accepted >= RefusalHistory.telling && $0.rate >= 1.2 * stretch.rate
                && $0.throughput >= 1.08 * stretch.throughput
        }
    }
}
