/// Which of several values is taken.
enum ValuePick: String, Sendable, Hashable, CaseIterable {
    case first
    case last
    case sum
    case count
    case min
    case max

    /// Takes one of the values that are there, or makes one of them all.
    func choose(_ values: [ValueResult]) -> ValueResult {
        if let failure = values.first(where: \.isFailure) { return failure }
        switch self {
        case .first: return values.first ?? .absent
        case .last: return values.last ?? .absent
        case .count: return .integer(Int64(values.count))
        case .sum:
            guard !values.isEmpty else { return .absent }
            var sum: Int64 = 0
            for value in values {
                let (next, overflows) = sum.addingReportingOverflow(value.integer ?? 0)
                guard !overflows else { return .failed("is too large a sum") }
                sum = next
            }
            return .integer(sum)
        case .min: return values.min(by: ValuePick.isLess) ?? .absent
        case .max: return values.max(by: ValuePick.isLess) ?? .absent
        }
    }

    private static func isLess(_ left: ValueResult, _ right: ValueResult) -> Bool {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): left < right
        case (.time(let left), .time(let right)): left < right
        default: (left.text ?? "") < (right.text ?? "")
        }
    }
}

extension ValueResult {
    fileprivate var isFailure: Bool {
        guard case .failed = self else { return false }
        return true
    }
}
