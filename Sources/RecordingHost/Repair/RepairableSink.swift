public import RecordingKit

/// A sink whose state can be told without writing to it, and which can be begun anew without losing what it has.
public protocol InspectableSink: Sink {
    /// Whether records that come again take the place of themselves, so that the sink can be filled again as it is.
    ///
    /// A sink that only appends would hold them twice; it is moved aside and begins empty.
    nonisolated var takesRepeats: Bool { get }

    /// Why recovering to `position` would be refused, in words; nil when it would not.
    ///
    /// Nothing is changed. It may take the sink's locks while it looks.
    func mismatch(with position: SinkPosition) async throws -> String?

    /// Gives everything that the sink has written another name, which ends with `suffix`.
    ///
    /// - Returns: the new names, without their folder; empty when there was nothing.
    /// - Throws: `TapedeckError` with code `sink_failed`, also when a name is taken; then nothing of that name is replaced.
    func moveAside(suffix: String) async throws -> [String]
}

/// A sink from whose files a ledger can be made anew.
public protocol RepairableSink: ReplayableSink, InspectableSink {
    /// The position behind the last whole line of what is there.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`.
    func survey() async throws -> SinkPosition

    /// Hands over every line up to a position, in batches whose size does not depend on the archive's.
    ///
    /// Nothing is changed, and a line that is no record ends nothing.
    ///
    /// - Parameters:
    ///   - end: the position up to which is read; nil for everything that is there, also what follows the last whole line unless
    ///     a killed run leaves such a piece.
    ///   - body: takes one batch.
    /// - Throws: `TapedeckError` with code `sink_failed` when a file cannot be read; what `body` throws.
    func examine(
        through end: SinkPosition?,
        _ body: @Sendable ([ExaminedLine]) async throws -> Void
    ) async throws

    /// Takes lines out of the files and keeps them in files beside.
    ///
    /// Each file is written anew and put in the place of the old one in one step.
    ///
    /// - Parameters:
    ///   - lines: what ``examine(through:_:)`` called by these names.
    ///   - suffix: how the names of the files beside end.
    /// - Returns: the names of the files beside, without their folder.
    /// - Throws: `TapedeckError` with code `sink_failed`.
    func setAside(_ lines: [SinkLine], suffix: String) async throws -> [String]
}

/// A place in a sink.
public struct SinkLine: Sendable, Hashable {
    /// The part, such as a file's name.
    public let part: String
    /// The line, counted from 1; nil for everything behind the last place up to which the part can be read at all.
    public let line: Int?

    /// Names a place.
    public init(part: String, line: Int?) {
        self.part = part
        self.line = line
    }
}

/// One line of a sink, and what it says.
public struct ExaminedLine: Sendable {
    /// What was found.
    public enum Content: Sendable {
        /// A record, with the hashes under which it was written.
        case record(ExaminedRecord)
        /// No record: why, without anything of the content.
        case damage(String)
    }

    /// Where it stands.
    public let place: SinkLine
    /// What it says.
    public let content: Content

    /// Describes a line.
    public init(place: SinkLine, content: Content) {
        self.place = place
        self.content = content
    }
}

/// What a ledger needs to know of a record that was read back.
public struct ExaminedRecord: Sendable, Hashable {
    /// The configured source.
    public let source: String
    /// The kind.
    public let kind: RecordKind
    /// The recording's id.
    public let recordingID: String
    /// The event's id; nil for other kinds.
    public let eventID: String?
    /// The hash of its content.
    public let content: UInt64
    /// The hash of a recording's context; 0 for other kinds.
    public let context: UInt64
    /// The medium itself; nil for other kinds.
    public let medium: Medium?

    /// Describes a record.
    public init(
        source: String,
        kind: RecordKind,
        recordingID: String,
        eventID: String?,
        content: UInt64,
        context: UInt64,
        medium: Medium? = nil
    ) {
        self.source = source
        self.kind = kind
        self.recordingID = recordingID
        self.eventID = eventID
        self.content = content
        self.context = context
        self.medium = medium
    }
}

extension ExaminedRecord {
    /// What a ledger needs of a line that was read back.
    package init(_ decoded: DecodedRecord) {
        let record = decoded.record
        var recordingID = ""
        var eventID: String?
        var medium: Medium?
        switch record.payload {
        case .recording(let recording): recordingID = recording.id
        case .accessSummary(let summary): recordingID = summary.recordingID
        case .accessEvent(let event, let id, _, _): (recordingID, eventID) = (event.recordingID, id)
        case .medium(let found): (recordingID, medium) = (found.recordingID, found)
        }
        self.init(
            source: record.source,
            kind: record.kind,
            recordingID: recordingID,
            eventID: eventID,
            content: decoded.content,
            context: decoded.context,
            medium: medium
        )
    }
}
