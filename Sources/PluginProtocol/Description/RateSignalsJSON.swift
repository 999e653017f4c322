import RawJSON
import RecordingKit

/// Header fields about limits, as JSON.
enum RateSignalsJSON {
    static func read(_ reader: MemberReader) throws -> RateSignals {
        var reader = reader
        let signals = RateSignals(
            limit: try reader.texts("limit"),
            remaining: try reader.texts("remaining"),
            reset: try reader.texts("reset"),
            resetUnit: try reader.waitUnit("resetAs"),
            retryAfter: try reader.texts("retryAfter"),
            retryAfterUnit: try reader.waitUnit("retryAfterAs")
        )
        try reader.finish(["limit", "remaining", "reset", "resetAs", "retryAfter", "retryAfterAs"])
        return signals
    }

    static func write(_ signals: RateSignals, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("limit", signals.limit)
        writer.member("remaining", signals.remaining)
        writer.member("reset", signals.reset)
        writer.member("resetAs", signals.resetUnit.rawValue)
        writer.member("retryAfter", signals.retryAfter)
        writer.member("retryAfterAs", signals.retryAfterUnit.rawValue)
        writer.endObject()
    }
}

extension MemberReader {
    /// How a wait is written; seconds when it is not said.
    mutating func waitUnit(_ name: String) throws -> WaitUnit {
        guard let text = try text(name) else { return .seconds }
        guard let unit = WaitUnit(rawValue: text) else {
            throw wrong(name, "one of \(WaitUnit.all.map(\.rawValue).joined(separator: ", "))")
        }
        return unit
    }
}
