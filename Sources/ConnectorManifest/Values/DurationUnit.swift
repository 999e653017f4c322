/// The unit of a length of time in a platform's answer.
enum DurationUnit: String, Sendable, Hashable, CaseIterable {
    case milliseconds
    case seconds
    case minutes
    case hours
    case days

    /// The length, with how many digits of a second's fraction it has; nil when it is out of all proportion.
    func duration(_ number: DecimalNumber) -> (duration: Duration, fractionDigits: Int)? {
        let digits = self == .milliseconds ? 3 : 0
        // A million million seconds are longer than any time that can be written.
        guard let parts = number.seconds(dividedByPowerOfTen: digits), abs(parts.seconds) < 1_000_000_000_000 else {
            return nil
        }
        let base = Duration.seconds(parts.seconds) + .nanoseconds(parts.nanoseconds)
        return (base * factor, min(9, number.fractionLength + digits))
    }

    private var factor: Int {
        switch self {
        case .milliseconds, .seconds: 1
        case .minutes: 60
        case .hours: 3_600
        case .days: 86_400
        }
    }
}
