import RawJSON
import RecordingKit

/// One column: its name, and where in a record's JSON object its value is.
struct CSVColumn: Sendable {
    /// How a value is written.
    enum Kind: Sendable {
        /// The text itself, or a number, or `true` or `false`.
        case scalar
        /// A list's texts with a space between them.
        case words
        /// The JSON text, as it stands in the object.
        case json
    }

    let name: String
    let path: [String]
    let kind: Kind

    init(_ name: String, _ path: [String]? = nil, _ kind: Kind = .scalar) {
        self.name = name
        self.path = path ?? [name]
        self.kind = kind
    }

    /// The columns of a kind's file, in order.
    ///
    /// New ones are only ever added at the end.
    static func all(of kind: RecordKind) -> [CSVColumn] {
        switch kind {
        case .recordings: recordings
        case .accessSummaries: summaries
        case .accessEvents: events
        case .media: media
        default: []
        }
    }

    private static let origin = [CSVColumn("source"), CSVColumn("connector")]

    private static let recordings: [CSVColumn] =
        origin + [
            CSVColumn("id"), CSVColumn("title"), CSVColumn("started_at"), CSVColumn("ended_at"),
            CSVColumn("created_at"), CSVColumn("updated_at"), CSVColumn("status"), CSVColumn("status_raw"),
            CSVColumn("error"),
        ] + person("host") + [
            CSVColumn("site"), CSVColumn("context", nil, .json), CSVColumn("observed_at"), CSVColumn("raw", nil, .json),
        ]

    private static let summaries: [CSVColumn] =
        origin + [CSVColumn("recording_id"), CSVColumn("views"), CSVColumn("downloads"), CSVColumn("as_of")]

    private static let events: [CSVColumn] =
        origin + [CSVColumn("recording_id"), CSVColumn("id"), CSVColumn("id_is_synthetic")] + person("actor") + [
            CSVColumn("actions", nil, .words), CSVColumn("occurred_at"), CSVColumn("changes", nil, .json),
            CSVColumn("self_induced"), CSVColumn("raw", nil, .json),
        ]

    private static let media: [CSVColumn] =
        origin + [
            CSVColumn("recording_id"), CSVColumn("rendition"), CSVColumn("path"), CSVColumn("bytes"),
            CSVColumn("sha256"), CSVColumn("content_type"), CSVColumn("etag"), CSVColumn("fetched_at"),
            CSVColumn("state"), CSVColumn("reason"),
        ]

    private static func person(_ name: String) -> [CSVColumn] {
        ["id", "name", "email"].map { CSVColumn("\(name)_\($0)", [name, $0]) }
    }
}
