public import RecordingKit

/// Records that are written together, each with its JSON text.
public struct RecordBatch: Sendable {
    /// The records in the order in which they are written.
    ///
    /// Empty where no sink of the run looks at them (``Sink/readsRecords``).
    public private(set) var records: [OutputRecord] = []
    /// How many records there are.
    public private(set) var count = 0
    private let keepsRecords: Bool
    private var text = KindTable<[UInt8]>(repeating: [])

    /// Makes an empty batch.
    public init() { keepsRecords = true }

    /// Makes an empty batch that holds the records' text and, unless `keepsRecords`, nothing else.
    init(keepsRecords: Bool) { self.keepsRecords = keepsRecords }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { count == 0 }

    /// The JSON Lines of one kind: every record's JSON text, each ended by a line feed, ready to be appended to a file.
    public func lines(of kind: RecordKind) -> [UInt8] { KnownKind(kind).map { text[$0] } ?? [] }

    /// The kinds of which the batch holds records.
    public var kinds: [RecordKind] { KnownKind.allCases.filter { !text[$0].isEmpty }.map(\.recordKind) }

    /// Appends a record with its JSON text, which must be one line without the line feed.
    public mutating func append(_ record: OutputRecord, json: some Sequence<UInt8>) {
        append(to: record.payload.kind, json) { record }
    }

    /// Appends a record's JSON text, and the record itself where somebody looks at it.
    mutating func append(to kind: KnownKind, _ json: some Sequence<UInt8>, _ record: () -> OutputRecord) {
        count += 1
        text[kind].append(contentsOf: json)
        text[kind].append(UInt8(ascii: "\n"))
        if keepsRecords { records.append(record()) }
    }
}

/// A normalised record with everything that the host adds.
public struct OutputRecord: Sendable {
    /// The payload of a record, by kind.
    public enum Payload: Sendable {
        /// A recording.
        case recording(Recording)
        /// A recording's counters.
        case accessSummary(AccessSummary)
        /// One access, with its final id, whether that was derived, and whether the host caused it (nil: not known).
        case accessEvent(AccessEvent, id: String, isSynthetic: Bool, isSelfInduced: Bool?)
        /// The file of a rendition, or why there is none.
        case medium(Medium)

        var kind: KnownKind {
            switch self {
            case .recording: .recordings
            case .accessSummary: .accessSummaries
            case .accessEvent: .accessEvents
            case .medium: .media
            }
        }

        /// The same without the platform's own object, for a configuration that does not want it kept.
        var withoutRaw: Payload {
            switch self {
            case .recording(var recording):
                recording.raw = nil
                return .recording(recording)
            case .accessSummary, .medium:
                return self
            case .accessEvent(var event, let id, let isSynthetic, let isSelfInduced):
                event.raw = nil
                return .accessEvent(event, id: id, isSynthetic: isSynthetic, isSelfInduced: isSelfInduced)
            }
        }
    }

    /// The configured source.
    public let source: String
    /// The connector's id.
    public let connector: String
    /// When the host saw it: `observed_at` or `as_of`.
    public let observedAt: Timestamp
    /// The record itself.
    public let payload: Payload

    /// Describes a record.
    public init(source: String, connector: String, observedAt: Timestamp, payload: Payload) {
        self.source = source
        self.connector = connector
        self.observedAt = observedAt
        self.payload = payload
    }

    /// Which kind of record it is.
    public var kind: RecordKind { payload.kind.recordKind }
}
