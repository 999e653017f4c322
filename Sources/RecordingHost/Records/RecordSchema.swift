public import RecordingKit

/// What every line of one kind of record holds, as data: the JSON Schema derives from it, and what is written is held to it.
public struct RecordSchema: Sendable {
    /// The version of the vocabulary that this program writes.
    ///
    /// It stays the same when optional members or kinds are added, and grows when anything else changes.
    public static let version = 1

    /// The kind of record that is described.
    public let kind: RecordKind
    /// What a record is called, in the singular.
    package let title: String
    /// What a record is and when one is written.
    package let summary: String
    /// The members, in the order in which they are written.
    package let fields: [RecordField]

    /// The schemas of all kinds, in the order in which kinds are shown.
    public static let all: [RecordSchema] = [.recordings, .accessSummaries, .accessEvents, .media]

    /// The schema of a kind, or nil for one that is not part of the vocabulary.
    public static func of(_ kind: RecordKind) -> RecordSchema? { all.first { $0.kind == kind } }
}
