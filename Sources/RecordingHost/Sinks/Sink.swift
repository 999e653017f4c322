/// Takes normalised records and keeps them: files, a database.
///
/// The host calls the methods one after another, never two at once: first ``recover(to:)``, then any number of
/// ``write(_:)`` … ``commit()`` or ``keep(_:)``, at the end ``close()``. A record counts as kept only after the commit that follows it, and the
/// host puts the position of that commit into the ledger afterwards; so what was written after the last commit in the ledger is
/// cut off again when the next run recovers.
public protocol Sink: Sendable {
    /// Tells the sink from all others in the ledger; the same in every run, such as the kind and the absolute path.
    var id: String { get }

    /// Where people find what was written, such as file names.
    var locations: [String] { get }

    /// Whether ``write(_:)`` looks at the records of a batch; a sink that takes their text alone says no, which saves the host the
    /// work of keeping them. Default true.
    var readsRecords: Bool { get }

    /// Brings the sink back to `position` before anything is written.
    ///
    /// - Parameter position: the last position in the ledger, or nil when the ledger has never seen this sink; then the sink must
    ///   be empty.
    /// - Returns: the position that the sink is at now.
    /// - Throws: `TapedeckError` with code `sink_failed` when the sink holds less than the position says, or holds something
    ///   although the ledger has never seen it; nothing is changed then.
    func recover(to position: SinkPosition?) async throws -> SinkPosition

    /// Takes a batch of records; they need not be durable yet.
    func write(_ batch: RecordBatch) async throws

    /// Makes everything that was written durable and returns the position after it.
    func commit() async throws -> SinkPosition

    /// Takes a batch of records and makes it durable: ``write(_:)`` and ``commit()`` in one call.
    func keep(_ batch: RecordBatch) async throws -> SinkPosition

    /// Releases what the sink holds; nothing is written afterwards.
    func close() async
}

extension Sink {
    /// Looks at the records.
    public var readsRecords: Bool { true }

    /// Writes and commits, one after the other.
    public func keep(_ batch: RecordBatch) async throws -> SinkPosition {
        try await write(batch)
        return try await commit()
    }
}

/// A sink whose records can be read back, so that a sink that joins later, or a new ledger, can be filled from it.
public protocol ReplayableSink: Sink {
    /// Hands over what the sink took between two positions, in the order in which it was written, kind after kind.
    ///
    /// Nothing is changed. Memory is bounded by one batch, whatever the sink holds. `body` is awaited before the next batch is
    /// read.
    ///
    /// - Parameters:
    ///   - start: an earlier position of this sink; nil for the beginning. Parts that are not named are read from their beginning.
    ///   - end: the position up to which is read.
    ///   - body: takes one batch.
    /// - Throws: `TapedeckError` with code `sink_failed` when something cannot be read back as a record, naming the part and the
    ///   line; what `body` throws.
    func replay(
        from start: SinkPosition?,
        through end: SinkPosition,
        _ body: @Sendable (RecordBatch) async throws -> Void
    ) async throws
}

/// How far a sink has come: a count for each of its parts.
public struct SinkPosition: Sendable, Hashable {
    /// Bytes, or whatever the sink counts, by part, such as a file's name.
    public var offsets: [String: Int64]
    /// A hash of what stands just before the offset, by part, by which a changed part can be told; parts may be missing.
    public var marks: [String: UInt64]
    /// Whether far more than one commit may stand behind the position.
    ///
    /// So it is after a run was cut while it gave the sink what it lacked. Default false; ledgers do not store it.
    public var isBeforeFilling = false
    /// Whether nothing may stand behind the position, because the run that reached it ended in order.
    ///
    /// What stands there all the same was written with another ledger, such as when an older copy of the ledger was put back, and
    /// must not be cut off. Default false; ledgers do not store it.
    public var isFinal = false

    /// Makes a position.
    public init(offsets: [String: Int64] = [:], marks: [String: UInt64] = [:]) {
        self.offsets = offsets
        self.marks = marks
    }
}
