/// What an answer says in `Retry-After`.
package enum RetryAfterStyle: Sendable, Equatable {
    /// No such header.
    case none
    /// Whole seconds; zero, negative and huge numbers included.
    case seconds(Int)
    /// Seconds with a fraction.
    case fraction(Double)
    /// An HTTP date this many seconds from now.
    case date(secondsAhead: Int)
    /// Anything else, such as `rand(30),add(30)`.
    case text(String)

    /// The text that one client's users met in the wild.
    package static let garbage = RetryAfterStyle.text("rand(30),add(30)")

    func header(wallSeconds: Int64) -> String? {
        switch self {
        case .none: nil
        case .seconds(let seconds): String(seconds)
        case .fraction(let seconds): String(seconds)
        case .date(let ahead): CivilTime.httpDate(wallSeconds + Int64(ahead))
        case .text(let text): text
        }
    }

    /// How long a client that obeys stays away; zero for what no client can obey.
    func waitNanoseconds(wallMilliseconds: Int64) -> Int64 {
        switch self {
        case .none, .text: 0
        case .seconds(let seconds): Int64(max(0, min(seconds, 1_000_000_000))) * 1_000_000_000
        case .fraction(let seconds): Int64(max(0, min(seconds, 1e9)) * 1e9)
        case .date(let ahead):
            // The header has whole seconds, so the interval ends on one.
            max(0, (CivilTime.floorDivide(wallMilliseconds, 1000) + Int64(ahead)) * 1000 - wallMilliseconds) * 1_000_000
        }
    }
}
