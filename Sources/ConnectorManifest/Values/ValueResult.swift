import RecordingKit

/// What came of a value for one row.
enum ValueResult: Sendable, Hashable {
    /// There is nothing: missing, null or an empty text.
    case absent
    case text(String)
    case time(Timestamp)
    case integer(Int64)
    case boolean(Bool)
    /// There is something that is not what was declared; the reason holds nothing of it.
    case failed(String)

    /// A text, or nothing when it is empty.
    static func present(_ text: String) -> ValueResult { text.isEmpty ? .absent : .text(text) }

    /// The value as text; nil when there is none.
    var text: String? {
        switch self {
        case .text(let text): text
        case .time(let time): time.description
        case .integer(let number): String(number)
        case .boolean(let value): value ? "true" : "false"
        case .absent, .failed: nil
        }
    }

    /// The instant; nil when it is anything else.
    var time: Timestamp? {
        guard case .time(let time) = self else { return nil }
        return time
    }

    /// The whole number; nil when it is anything else.
    var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}
