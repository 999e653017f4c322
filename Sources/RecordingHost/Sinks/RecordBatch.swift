public import RecordingKit

/// Records that are written together, each with its JSON text.
public struct RecordBatch: Sendable {
    /// The records in the order in which they are written.
    public private(set) var records: [OutputRecord] = []
    private var linesByKind: [RecordKind: [UInt8]] = [:]

    /// Makes an empty batch.
    public init() {}

    /// Whether there is nothing to write.
    public var isEmpty: Bool { records.isEmpty }

    /// The JSON Lines of one kind: every record's JSON text, each ended by a line feed, ready to be appended to a file.
    public func lines(of kind: RecordKind) -> [UInt8] { linesByKind[kind] ?? [] }

    /// The kinds of which the batch holds records.
    public var kinds: [RecordKind] { RecordKind.all.filter { linesByKind[$0] != nil } }

    /// Appends a record with its JSON text, which must be one line without the line feed.
    public mutating func append(_ record: OutputRecord, json: some Sequence<UInt8>) {
        records.append(record)
        linesByKind[record.kind, default: []].append(contentsOf: json)
        linesByKind[record.kind, default: []].append(UInt8(ascii: "\n"))
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
    public var kind: RecordKind {
        switch payload {
        case .recording: .recordings
        case .accessSummary: .accessSummaries
        case .accessEvent: .accessEvents
        case .medium: .media
        }
    }
}
