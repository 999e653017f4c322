public import RecordingHost
public import RecordingKit

/// A sink that keeps records in memory for tests to look at, and obeys positions as a file does.
public actor MemorySink: ReplayableSink {
    /// What tells the sink from others.
    public nonisolated let id: String
    private var batches: [RecordBatch] = []
    private var committedCount = 0
    private var writeFailure: TapedeckError?
    private var commitFailure: TapedeckError?

    /// How often it was committed.
    public private(set) var commits = 0
    /// Whether it was closed after the last write.
    public private(set) var isClosed = false

    /// Makes an empty sink.
    public init(id: String = "memory") { self.id = id }

    /// There is nowhere to look.
    public nonisolated var locations: [String] { [] }

    /// The records that were committed, in order.
    public var records: [OutputRecord] { Array(written.prefix(committedCount)) }

    private var written: [OutputRecord] { batches.flatMap(\.records) }

    /// The committed recordings, in order.
    public var recordings: [Recording] {
        records.compactMap { record in
            guard case .recording(let recording) = record.payload else { return nil }
            return recording
        }
    }

    /// The committed counters, in order.
    public var summaries: [AccessSummary] {
        records.compactMap { record in
            guard case .accessSummary(let summary) = record.payload else { return nil }
            return summary
        }
    }

    /// The committed access events with their final ids, in order.
    public var events: [(id: String, event: AccessEvent)] {
        records.compactMap { record in
            guard case .accessEvent(let event, let id, _, _) = record.payload else { return nil }
            return (id: id, event: event)
        }
    }

    /// The committed media, in order.
    public var media: [Medium] {
        records.compactMap { record in
            guard case .medium(let medium) = record.payload else { return nil }
            return medium
        }
    }

    /// Makes writes fail with `writes` and commits with `commits`, from now on; nil lets them work again.
    public func fail(writes: TapedeckError? = nil, commits: TapedeckError? = nil) {
        writeFailure = writes
        commitFailure = commits
    }

    /// Forgets what lies beyond `position`.
    ///
    /// - Throws: `sink_failed` when there is less than that, or anything at all where no position is known.
    public func recover(to position: SinkPosition?) throws -> SinkPosition {
        let written = self.written.count
        let count = position.map { Int($0.offsets[MemorySink.part] ?? 0) } ?? 0
        guard count <= written, position != nil || written == 0 else {
            throw TapedeckError(
                .sinkFailed,
                "The sink in memory holds \(written) records where \(count) are due."
            )
        }
        while self.written.count > count { batches.removeLast() }
        committedCount = count
        isClosed = false
        return current
    }

    /// Takes a batch.
    public func write(_ batch: RecordBatch) throws {
        if let writeFailure { throw writeFailure }
        batches.append(batch)
    }

    /// Counts everything that was written as kept.
    public func commit() throws -> SinkPosition {
        if let commitFailure { throw commitFailure }
        committedCount = written.count
        commits += 1
        return current
    }

    /// Hands over the batches between two positions that it returned.
    public func replay(
        from start: SinkPosition?,
        through end: SinkPosition,
        _ body: @Sendable (RecordBatch) async throws -> Void
    ) async throws {
        let first = start?.offsets[MemorySink.part] ?? 0
        let last = end.offsets[MemorySink.part] ?? 0
        var count: Int64 = 0
        for batch in batches {
            if count >= first, count < last { try await body(batch) }
            count += Int64(batch.records.count)
        }
    }

    /// Notes that nothing is written any more.
    public func close() { isClosed = true }

    private static let part = "records"

    private var current: SinkPosition {
        SinkPosition(offsets: [MemorySink.part: Int64(committedCount)])
    }
}
