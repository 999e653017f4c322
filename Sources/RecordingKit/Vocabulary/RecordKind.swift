/// One of the kinds of record that every platform is normalised to.
public struct RecordKind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The name on the wire and in configuration, `snake_case` and plural.
    public let rawValue: String

    /// Names a kind; use the static members for those that the host knows.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Recordings themselves: what, when, whose.
    public static let recordings = RecordKind(rawValue: "recordings")
    /// How often each recording was viewed and downloaded.
    public static let accessSummaries = RecordKind(rawValue: "access_summaries")
    /// Who accessed a recording, when and how.
    public static let accessEvents = RecordKind(rawValue: "access_events")
    /// Files that were downloaded.
    public static let media = RecordKind(rawValue: "media")

    /// All kinds, in the order in which they are shown.
    public static let all: [RecordKind] = [.recordings, .accessSummaries, .accessEvents, .media]

    /// The kinds that are read unless the configuration says otherwise: all but media.
    public static let readByDefault: [RecordKind] = [.recordings, .accessSummaries, .accessEvents]

    /// The name on the wire.
    public var description: String { rawValue }
}
