import RecordingKit

/// Takes records from all sources and makes them durable in order: sinks first, then the ledger.
///
/// Work that arrives while a commit is under way is committed together with what else arrives, so a commit's cost is shared. Of
/// those that wait, one does the work for all. Cancellation does not reach a commit: what was handed over is kept. Runs where the
/// ledger runs, so that asking it costs no change of threads.
@safe
actor Recorder {
    private nonisolated let executor: UnownedSerialExecutor
    private let ledger: any Ledger
    private let sinks: [any Sink]
    private let includesRaw: Bool
    private let keepsRecords: Bool
    private var queue: [Waiting] = []
    private var isBusy = false
    /// For a ledger that is no actor.
    private nonisolated let fallback = QueueExecutor(label: "tapedeck.recorder")
    private var sighted = SightedRecordings()
    private(set) var failure: TapedeckError?

    private struct Waiting {
        let work: RecorderWork
        let continuation: CheckedContinuation<Signal, Never>
    }

    private enum Signal: Sendable {
        case finished(Result<RecorderResult, TapedeckError>)
        case takeOver
    }

    init(ledger: any Ledger, sinks: [any Sink], includesRaw: Bool) {
        // The ledger, which the recorder keeps, keeps its executor.
        unsafe executor = (ledger as? any Actor)?.unownedExecutor ?? fallback.asUnownedSerialExecutor()
        self.ledger = ledger
        self.sinks = sinks
        self.includesRaw = includesRaw
        keepsRecords = sinks.contains(where: \.readsRecords)
    }

    /// The ledger's own, or a queue.
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor }

    /// Records one piece of work, and returns when it is durable.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed` or `ledger_failed`; everything after that fails as well.
    func record(_ work: RecorderWork) async throws -> RecorderResult {
        if isBusy {
            let signal = await withCheckedContinuation { queue.append(Waiting(work: work, continuation: $0)) }
            if case .finished(let result) = signal { return try result.get() }
        }
        isBusy = true
        let others = queue
        queue = []
        let results = await commit([work] + others.map(\.work))
        for (other, result) in zip(others, results.dropFirst()) {
            other.continuation.resume(returning: .finished(result))
        }
        if queue.isEmpty {
            isBusy = false
        } else {
            queue.removeFirst().continuation.resume(returning: .takeOver)
        }
        return try results[0].get()
    }

    /// Notes something that no record belongs to, after everything that was handed over before; returns when it is in the ledger.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed`, or what made the recorder fail before.
    func note(_ change: @escaping @Sendable (inout LedgerChanges) -> Void) async throws {
        _ = try await record(.note(change))
    }

    /// Whether this run has seen a recording.
    func hasSeen(_ number: Int, of source: String) -> Bool { sighted.contains(number, of: source) }

    /// What is known of a part of a source.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed`, or what made the recorder fail before.
    func partState(_ part: UInt64, of source: String) async throws -> PartState {
        try await use { ledger in try await ledger.partState(part, of: source) }
    }

    /// A ledger that has failed once is not trusted with anything else in this run.
    private func use<Result>(_ body: (any Ledger) async throws -> Result) async throws -> Result {
        if let failure { throw failure }
        do {
            return try await body(ledger)
        } catch {
            let error = error as? TapedeckError ?? TapedeckError(.ledgerFailed, "The ledger could not be used.")
            failure = failure ?? error
            throw error
        }
    }

    private func commit(_ works: [RecorderWork]) async -> [Result<RecorderResult, TapedeckError>] {
        if failure == nil {
            do {
                // Whoever commits does so for others as well, so that its own cancellation must not end the commit half-way.
                return try await withoutCancellation { try await self.commitAll(works) }.map(Result.success)
            } catch {
                failure = error as? TapedeckError ?? TapedeckError(.sinkFailed, "Records could not be kept.")
            }
        }
        return works.map { _ in .failure(failure ?? TapedeckError(.stopped, "The run was stopped.")) }
    }

    private func commitAll(_ works: [RecorderWork]) async throws -> [RecorderResult] {
        var planner = BatchPlanner(
            recordings: try await knownRecordings(works),
            events: try await knownEvents(works),
            media: try await mediaRevisions(works),
            ownReads: try await ownReads(works),
            includesRaw: includesRaw,
            keepsRecords: keepsRecords,
            sighted: takeSighted()
        )
        let results = works.map { planner.add($0) }
        sighted = planner.sighted
        var changes = planner.finish()
        let batch = planner.batch
        if !batch.isEmpty {
            for sink in sinks {
                changes.sinkPositions[sink.id] = try await sink.keep(batch)
            }
        }
        if !changes.isEmpty { try await ledger.commit(changes) }
        return results
    }

    /// Hands the set over, so that it is changed in place and never copied.
    private func takeSighted() -> SightedRecordings {
        defer { sighted = SightedRecordings() }
        return sighted
    }

    private func knownRecordings(_ works: [RecorderWork]) async throws -> [String: RecordingSlots] {
        var recordings: [String: RecordingSlots] = [:]
        for work in works {
            switch work {
            case .page(let origin, _, let rows, _):
                var slots = recordings.removeValue(forKey: origin.source) ?? RecordingSlots()
                // By index: a row that is taken out of the list is copied with everything in it.
                for index in rows.indices { _ = slots.place(of: rows[index].recording.id) }
                recordings[origin.source] = slots
            case .events(let origin, let id, _, _, let completion):
                if completion != nil { _ = recordings[origin.source, default: RecordingSlots()].place(of: id) }
            case .listing, .media, .note: break
            }
        }
        for (source, slots) in recordings {
            let known = try await ledger.knownRecordings(slots.slots.map(\.id), of: source)
            recordings[source]?.fill(with: known)
        }
        return recordings
    }

    private func ownReads(_ works: [RecorderWork]) async throws -> [BatchPlanner.RecordingKey: [AuditRead]] {
        var ids: [String: Set<String>] = [:]
        for case .events(let origin, let id, _, _, _) in works where origin.mayCauseReads {
            ids[origin.source, default: []].insert(id)
        }
        var reads: [BatchPlanner.RecordingKey: [AuditRead]] = [:]
        for (source, sourceIDs) in ids {
            for (id, own) in try await ledger.auditReads(of: Array(sourceIDs), in: source) {
                reads[BatchPlanner.RecordingKey(source: source, id: id)] = own
            }
        }
        return reads
    }

    private func mediaRevisions(_ works: [RecorderWork]) async throws -> [BatchPlanner.RecordingKey: UInt64] {
        var ids: [String: Set<String>] = [:]
        for case .page(let origin, _, let rows, _) in works where origin.readsMedia {
            ids[origin.source, default: []].formUnion(rows.map(\.recording.id))
        }
        var revisions: [BatchPlanner.RecordingKey: UInt64] = [:]
        for (source, sourceIDs) in ids {
            for (id, revision) in try await ledger.mediaRevisions(Array(sourceIDs), of: source) {
                revisions[BatchPlanner.RecordingKey(source: source, id: id)] = revision
            }
        }
        return revisions
    }

    private func knownEvents(_ works: [RecorderWork]) async throws -> [String: [EventKey: UInt64]] {
        var keys: [String: [EventKey]] = [:]
        for case .events(let origin, let recordingID, let events, _, _) in works {
            keys[origin.source, default: []] += events.map { EventKey(recordingID: recordingID, eventID: $0.id) }
        }
        var known: [String: [EventKey: UInt64]] = [:]
        for (source, sourceKeys) in keys where !sourceKeys.isEmpty {
            known[source] = try await ledger.knownEvents(sourceKeys, of: source)
        }
        return known
    }
}
