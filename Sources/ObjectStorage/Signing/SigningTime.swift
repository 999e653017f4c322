import RecordingKit

/// A moment as signatures name it: `20130524T000000Z`.
struct SigningTime: Sendable, Hashable {
    /// The moment to the second, in UTC.
    let text: String

    init(_ time: Timestamp) {
        text = time.wholeSeconds.description.filter { $0 != "-" && $0 != ":" }
    }

    /// The day alone: `20130524`.
    var day: String { String(text.prefix(8)) }
}
