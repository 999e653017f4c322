/// What several rounds of one measurement came to.
struct Spread: Sendable, Hashable {
    let median: Double
    let least: Double
    let most: Double

    /// - Returns: nil when there is none.
    init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let middle = sorted.count / 2
        median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        least = first
        most = last
    }

    /// How far the rounds lie apart, as a share of the median; nil where that is zero.
    var relative: Double? { median == 0 ? nil : (most - least) / median }
}
