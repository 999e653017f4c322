import RawJSON
import RecordingKit

/// Listings and ranges of time as JSON.
enum ListingJSON {
    static let members = ["key", "label", "window", "parameters", "settles_at", "failure"]

    static func read(_ value: JSONValue) throws -> Listing {
        var reader = try MemberReader(value, "listing")
        let key = try reader.requiredScalar("key")
        let label = try reader.requiredText("label")
        let window = try reader.member("window").map(readWindow)
        let parameters = Dictionary(try reader.pairs("parameters").map { ($0.name, $0.value) }) { $1 }
        let settlesAt = try reader.timestamp("settles_at")
        let failure = try reader.member("failure").map(FailureJSON.read)
        try reader.finish(members)
        guard !key.isEmpty, !label.isEmpty else { throw ProtocolViolation("its listing has an empty key or label") }
        // A label is shown to people, and what looks like an e-mail is not.
        guard !label.contains("@") else { throw ProtocolViolation("its listing's label holds an \"@\"") }
        if let failure { return .unreadable(key: key, label: label, because: failure) }
        return Listing(key: key, label: label, window: window, parameters: parameters, settlesAt: settlesAt)
    }

    static func write(_ listing: Listing, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", listing.key)
        writer.member("label", listing.label)
        if let window = listing.window {
            writer.name("window")
            write(window, to: &writer)
        }
        writer.member("parameters", listing.parameters)
        writer.member("settles_at", listing.settlesAt)
        if let failure = listing.failure {
            writer.name("failure")
            FailureJSON.write(failure, to: &writer)
        }
        writer.endObject()
    }

    static func readWindow(_ value: JSONValue) throws -> TimeWindow {
        var reader = try MemberReader(value, "window")
        guard let from = try reader.timestamp("from") else { throw reader.missing("from") }
        guard let to = try reader.timestamp("to") else { throw reader.missing("to") }
        try reader.finish(["from", "to"])
        return TimeWindow(from: from, to: to)
    }

    static func write(_ window: TimeWindow, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("from", window.from)
        writer.member("to", window.to)
        writer.endObject()
    }
}
