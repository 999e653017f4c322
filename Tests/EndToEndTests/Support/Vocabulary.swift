import RawJSON
import RecordingKit

/// What every line of a file must look like, whatever it says.
enum Vocabulary {
    private static let members: [RecordKind: [String]] = [
        .recordings: [
            "source", "connector", "id", "title", "started_at", "ended_at", "created_at", "updated_at", "status",
            "status_raw", "error", "host", "site", "context", "observed_at", "raw",
        ],
        .accessSummaries: ["source", "connector", "recording_id", "views", "downloads", "as_of"],
        .accessEvents: [
            "source", "connector", "recording_id", "id", "id_is_synthetic", "actor", "actions", "occurred_at",
            "changes", "self_induced", "raw",
        ],
    ]
    private static let times: Set<String> = [
        "started_at", "ended_at", "created_at", "updated_at", "observed_at", "as_of", "occurred_at",
    ]
    private static let words: [String: Set<String>] = [
        "status": ["available", "processing", "failed", "deleted", "unknown"],
        "actions": ["view", "download", "read", "create", "update", "delete", "unknown"],
    ]

    /// The first few lines that break the vocabulary, each with what is wrong.
    static func violations(_ records: [JSONValue], of kind: RecordKind) -> [String] {
        Array(records.lazy.compactMap { violation($0, of: kind) }.prefix(3))
    }

    private static func violation(_ record: JSONValue, of kind: RecordKind) -> String? {
        let names = record.members.map(\.name)
        guard Set(names) == Set(members[kind] ?? []), names.count == members[kind]?.count else {
            return "members \(names)"
        }
        for (name, value) in record.members {
            if times.contains(name), !value.isNull, !isUTC(value.string) { return name }
            if name == "host" || name == "actor", value.members.map(\.name) != ["id", "name", "email"] { return name }
            if name == "context", !value.members.allSatisfy({ $0.value.string != nil }) { return name }
            if let known = words[name] {
                let used = value.kind == .array ? value.elements.map(\.string) : [value.string]
                if !used.allSatisfy({ known.contains($0 ?? "") }) { return "\(name) \(used)" }
            }
        }
        return nil
    }

    private static func isUTC(_ text: String?) -> Bool {
        guard let text, text.hasSuffix("Z"), let time = Timestamp(text) else { return false }
        return time.description == text
    }
}
