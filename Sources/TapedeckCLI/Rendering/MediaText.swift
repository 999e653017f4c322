import RawJSON
import RecordingHost
import RecordingKit

/// Media in numbers, for people and for machines.
enum MediaText {
    private static let states: [MediaState] = [.stored, .pending, .forbidden, .gone, .failed]

    /// What became of a source's media in a run; nil when nothing did.
    static func line(_ counts: MediaCounts) -> String? {
        guard !counts.isEmpty else { return nil }
        var parts = parts(counts.states)
        if counts.withdrawn > 0 { parts.append("withdrawn \(counts.withdrawn)") }
        if counts.left > 0 { parts.append("left for later \(counts.left)") }
        return "media " + (parts + ["\(ByteText.format(counts.bytesReceived)) received"]).joined(separator: " · ")
    }

    /// How a source's media stand; nil when none were ever wanted.
    static func line(_ standing: MediaStanding) -> String? {
        guard standing != MediaStanding() else { return nil }
        let stored = parts(standing.states).joined(separator: " · ")
        let size = standing.storedBytes > 0 ? " (\(ByteText.format(standing.storedBytes)) stored)" : ""
        let waiting =
            standing.waiting > 0 ? "\(standing.waiting) recordings wait for theirs" : "no recording waits for its own"
        return "media: \(stored.isEmpty ? "nothing yet" : stored)\(size); \(waiting)"
    }

    /// Several sources together, and the bytes that are stored of them.
    static func line(_ standings: [MediaStanding]) -> String {
        var total: [MediaState: Int] = [:]
        for standing in standings { total.merge(standing.states, uniquingKeysWith: +) }
        let bytes = standings.reduce(0) { $0 + $1.storedBytes }
        return "media  \(parts(total).joined(separator: " · ")) (\(ByteText.format(bytes)))"
    }

    private static func parts(_ counts: [MediaState: Int]) -> [String] {
        let others = counts.keys.filter { !states.contains($0) }.sorted { $0.rawValue < $1.rawValue }
        return (states + others).compactMap { state in
            counts[state].flatMap { $0 > 0 ? "\(state.rawValue) \($0)" : nil }
        }
    }

    static func write(_ counts: MediaCounts, to writer: inout JSONWriter) {
        writer.beginObject()
        write(counts.states, to: &writer)
        writer.member("bytes_received", Int(counts.bytesReceived))
        writer.member("withdrawn", counts.withdrawn)
        writer.member("left", counts.left)
        writer.endObject()
    }

    static func write(_ standing: MediaStanding, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("waiting", standing.waiting)
        write(standing.states, to: &writer)
        writer.member("stored_bytes", Int(standing.storedBytes))
        writer.endObject()
    }

    private static func write(_ counts: [MediaState: Int], to writer: inout JSONWriter) {
        writer.name("states")
        writer.beginObject()
        for state in states { writer.member(state.rawValue, counts[state] ?? 0) }
        writer.endObject()
    }
}
