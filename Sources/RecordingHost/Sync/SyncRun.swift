import RecordingKit

/// One run over several sources: brings sinks and ledger together, reads the sources side by side, and sums up.
struct SyncRun: Sendable {
    let request: SyncRequest
    let assemblies: [SourceAssembly]
    let includesRaw: Bool
    let ledger: any Ledger
    let sinks: [any Sink]
    let machinery: SourceMachinery
    let onProgress: @Sendable (SourceProgress) -> Void

    private var clock: any HostClock { machinery.clock }

    /// Performs the run.
    ///
    /// - Throws: `TapedeckError` when it could not begin.
    func perform() async throws -> SyncReport {
        let start = clock.now
        try await recoverSinks()
        let run = try await ledger.beginRun(at: start.toMilliseconds)
        let auditReads = Dictionary(
            try await ledger.sourceStatuses().map { ($0.source, $0.auditReads) },
            uniquingKeysWith: +
        )
        let auditBudget = AuditBudget(limit: request.maximumAuditReads)
        let recorder = Recorder(ledger: ledger, sinks: sinks, auditBudget: auditBudget, includesRaw: includesRaw)
        let pacers = PacerPool(assemblies, clock: clock)
        let runs = try assemblies.map { assembly in
            try sourceRun(
                assembly,
                run: run,
                start: start,
                hasCausedReads: auditReads[assembly.configuration.id, default: 0] > 0,
                recorder: recorder,
                auditBudget: auditBudget,
                pacers: pacers
            )
        }
        let outcomes = await read(runs)
        var report = SyncReport(
            run: run,
            window: TimeWindow(from: start, to: clock.now),
            outcomes: assemblies.compactMap { outcomes[$0.configuration.id] },
            failure: await recorder.failure,
            wasStopped: Task.isCancelled && outcomes.values.contains { $0.state != .complete }
        )
        do {
            try await recorder.finish()
            try await ledger.finishRun(run, at: report.window.to.toMilliseconds, outcomes: report.outcomes)
        } catch {
            report.failure =
                report.failure ?? error as? TapedeckError
                ?? TapedeckError(.ledgerFailed, "The end of the run could not be noted.")
        }
        return report
    }

    private func read(_ runs: [SourceRun]) async -> [String: SourceOutcome] {
        await withTaskGroup(of: SourceOutcome.self) { group in
            for run in runs { group.addTask { await run.run() } }
            return await group.reduce(into: [:]) { $0[$1.source] = $1 }
        }
    }

    private func sourceRun(
        _ assembly: SourceAssembly,
        run: Int64,
        start: Timestamp,
        hasCausedReads: Bool,
        recorder: Recorder,
        auditBudget: AuditBudget,
        pacers: PacerPool
    ) throws -> SourceRun {
        let id = assembly.configuration.id
        let reads = Set(assembly.configuration.reads)
        let monitor = SourceMonitor(source: id, clock: clock, onProgress: onProgress)
        let origin = RecordOrigin(
            source: id,
            connector: assembly.descriptor.id,
            run: run,
            reads: reads,
            readsEvents: reads.contains(.accessEvents) && assembly.source is any AccessReporting,
            selfInduced: hasCausedReads ? nil : false
        )
        let api = try machinery.client(
            of: assembly,
            ledger: ledger,
            monitor: monitor,
            auditBudget: auditBudget,
            pacers: pacers
        )
        return SourceRun(
            reader: ListingReader(
                source: assembly.source,
                api: api,
                origin: origin,
                recorder: recorder,
                monitor: monitor,
                clock: clock
            ),
            window: assembly.window(request, at: start),
            rules: assembly.descriptor.windowRules,
            concurrency: assembly.limits.concurrency
        )
    }

    /// Brings every sink to where the ledger says it is.
    ///
    /// A sink that the ledger has never seen begins empty, and that is noted before anything is written to it, so that whatever
    /// a crash leaves in it can be told from a stranger's data.
    private func recoverSinks() async throws {
        let positions = try await ledger.sinkPositions()
        let held = try await ledger.sourceStatuses().reduce(0) { $0 + $1.recordings }
        for sink in sinks {
            let known = positions[sink.id]
            // What the ledger knows is not read again, so a sink that joins later would lack it for ever without a word.
            guard known != nil || held == 0 else { throw SyncRun.lateSink(sink, held: held) }
            let position = try await sink.recover(to: known)
            if known == nil { try await ledger.adoptSink(sink.id, at: position) }
        }
    }

    private static func lateSink(_ sink: any Sink, held: Int) -> TapedeckError {
        TapedeckError(
            .configurationInvalid,
            """
            The ledger has never written to the sink \(sink.id), and holds \(held) recordings that would be missing there. \
            Configure the sink that it knows again, or begin with a new ledger, which reads everything anew.
            """
        )
    }
}
