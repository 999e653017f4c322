import RawJSON
import RecordingKit

extension ManifestEntry {
    /// The longest line that is written or read, without its line feed.
    static let longestLine = 65_536

    /// Appends the line, without a line feed, its members in an order that never changes.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("n")
        writer.integer(number)
        writer.text("previous", previous)
        writer.text("action", draft.action.rawValue)
        writer.text("source", draft.source)
        writer.text("recording_id", draft.recordingID)
        writer.text("rendition", draft.rendition)
        writer.text("path", draft.path.text)
        writer.name("bytes")
        writer.integer(draft.bytes)
        writer.text("sha256", draft.sha256)
        writer.text("content_type", draft.contentType)
        writer.text("fetched_at", draft.fetchedAt.description)
        writer.text("request_id", draft.requestID)
        writer.text("tool", tool)
        writer.text("reason", draft.reason)
        writer.text("at", writtenAt.description)
        writer.endObject()
    }

    /// Reads a line; nil when it is not one that could have been written here.
    ///
    /// Members that are not known are passed over.
    init?(line: [UInt8]) {
        guard line.count <= Self.longestLine,
            let root = try? JSONDocument(parsing: line, limits: JSONLimits(duplicateKeys: .reject)).root,
            let number = root["n"]?.integer, number > 0,
            let previous = root["previous"]?.string, ManifestAnchor.isHash(previous),
            let action = root["action"]?.string,
            let source = root["source"]?.string,
            let recordingID = root["recording_id"]?.string,
            let rendition = root["rendition"]?.string,
            let path = root["path"]?.string.flatMap({ MediaPath(text: $0) }),
            let bytes = root["bytes"]?.integer, bytes >= 0,
            let sha256 = root["sha256"]?.string, ManifestAnchor.isHash(sha256),
            let fetchedAt = root["fetched_at"]?.string.flatMap({ Timestamp($0) }),
            let tool = root["tool"]?.string,
            let writtenAt = root["at"]?.string.flatMap({ Timestamp($0) })
        else { return nil }
        self.init(
            number: number,
            previous: previous,
            draft: Draft(
                action: Action(rawValue: action),
                source: source,
                recordingID: recordingID,
                rendition: rendition,
                path: path,
                bytes: bytes,
                sha256: sha256,
                contentType: root["content_type"]?.string,
                fetchedAt: fetchedAt,
                requestID: root["request_id"]?.string,
                reason: root["reason"]?.string
            ),
            tool: tool,
            writtenAt: writtenAt
        )
    }
}

extension JSONWriter {
    fileprivate mutating func text(_ name: String, _ text: String?) {
        self.name(name)
        if let text { string(text) } else { null() }
    }
}
