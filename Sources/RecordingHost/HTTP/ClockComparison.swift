import RecordingKit

/// What an answer's `Date` field (RFC 9110 §6.6.1) says about this machine's clock: pure.
enum ClockComparison: Equatable {
    /// The answer has no date, none that can be read, or comes from a cache and may be old.
    case unknown
    /// The clocks are near enough to each other.
    case right
    /// This machine's clock is off; the platform's shows something else.
    case wrong(platform: Timestamp)

    /// How far the clocks may be apart: more would claim what was not read.
    static let tolerance = Duration.seconds(24 * 3_600)

    /// Compares.
    ///
    /// - Parameters:
    ///   - headers: the answer's fields.
    ///   - sentAt: when this machine's clock says that the request was sent.
    ///   - receivedAt: when it says that the answer came; the platform's date belongs between the two.
    init(_ headers: HTTPHeaders, sentAt: Timestamp, receivedAt: Timestamp) {
        guard headers["Age"] == nil, let text = headers["Date"],
            let platform = HTTPDate.parse(text, now: receivedAt)
        else {
            self = .unknown
            return
        }
        let isAhead = platform > receivedAt.advanced(by: Self.tolerance)
        let isBehind = platform < sentAt.advanced(by: .zero - Self.tolerance)
        self = isAhead || isBehind ? .wrong(platform: platform) : .right
    }
}
