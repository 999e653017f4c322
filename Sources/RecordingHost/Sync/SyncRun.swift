import RecordingKit

/// One run over several sources: brings sinks and ledger together, reads the sources side by side, and sums up.
struct SyncRun: Sendable {
    let request: SyncRequest
    let assemblies: [SourceAssembly]
    let includesRaw: Bool
    let ledger: any Ledger
    let sinks: [any Sink]
    let machinery: SourceMachinery
    /// Fetches and keeps files; nil when no source reads media.
    let media: MediaFacilities?
    let onProgress: @Sendable (SourceProgress) -> Void

    private var clock: any HostClock { machinery.clock }

    /// Performs the run.
    ///
    /// - Throws: `TapedeckError` when it could not begin.
    func perform() async throws -> SyncReport {
        let start = clock.now
        try await checkClock(start)
        let lastEndedInOrder = try await ledger.lastRunEndedInOrder()
        let run = try await ledger.beginRun(at: start.toMilliseconds)
        do {
            try await makeSinksReady(lastEndedInOrder)
        } catch {
            // A run that is refused leaves the question open whether the sinks are where the ledger says: the next one is refused
            // too. The refusal is the news; that it could not be noted matters less.
            try? await withoutCancellation { [ledger, clock] in
                let now = clock.now.toMilliseconds
                try await ledger.finishRun(run, at: now, endings: [], inOrder: lastEndedInOrder)
            }
            guard error is CancellationError else { throw error }
            return try await stoppedBeforeReading(run, since: start)
        }
        let auditReads = Dictionary(
            try await ledger.sourceStatuses().map { ($0.source, $0.auditReads) },
            uniquingKeysWith: +
        )
        let auditBudget = AuditBudget(limit: request.maximumAuditReads, ledger: ledger)
        let recorder = Recorder(ledger: ledger, sinks: sinks, includesRaw: includesRaw)
        let pacers = PacerPool(assemblies, clock: clock)
        var runs: [SourceRun] = []
        var mediaRuns: [Int: MediaRun] = [:]
        let desk = try await mediaDesk(recorder)
        for assembly in assemblies {
            let hasCausedReads = auditReads[assembly.configuration.id, default: 0] > 0
            let origin = origin(of: assembly, run: run, hasCausedReads: hasCausedReads)
            let pass = try await pass(of: assembly, origin, at: start)
            runs.append(
                try sourceRun(
                    assembly,
                    origin: origin,
                    pass: pass,
                    start: start,
                    recorder: recorder,
                    auditBudget: auditBudget,
                    pacers: pacers
                )
            )
            mediaRuns[runs.count - 1] = desk?.run(assembly, runs[runs.count - 1].reader)
        }
        let endings = await read(runs, mediaRuns)
        var report = SyncReport(
            run: run,
            window: TimeWindow(from: start, to: clock.now),
            outcomes: endings.map(\.outcome),
            failure: await recorder.failure,
            wasStopped: Task.isCancelled && endings.contains { $0.outcome.state != .complete }
        )
        do {
            try await ledger.finishRun(
                run,
                at: report.window.to.toMilliseconds,
                endings: endings,
                inOrder: report.failure == nil
            )
            for (index, assembly) in assemblies.enumerated() {
                report.outcomes[index].complete = try await complete(assembly)
            }
        } catch {
            report.failure =
                report.failure ?? error as? TapedeckError
                ?? TapedeckError(.ledgerFailed, "The end of the run could not be noted.")
        }
        return report
    }

    private func makeSinksReady(_ lastRunEndedInOrder: Bool) async throws {
        try await SinkRecovery(ledger: ledger, sinks: sinks, lastRunEndedInOrder: lastRunEndedInOrder).perform()
    }

    /// The report of a run that was cancelled while a sink was being filled.
    private func stoppedBeforeReading(_ run: Int64, since start: Timestamp) async throws -> SyncReport {
        var outcomes: [SourceOutcome] = []
        for assembly in assemblies {
            outcomes.append(
                SourceOutcome(
                    source: assembly.configuration.id,
                    connector: assembly.descriptor.id,
                    state: .stopped,
                    complete: try await complete(assembly),
                    failures: [StopReason.describe(CancellationError())]
                )
            )
        }
        let window = TimeWindow(from: start, to: clock.now)
        return SyncReport(run: run, window: window, outcomes: outcomes, wasStopped: true)
    }

    /// The ranges that the archive holds of a source.
    private func complete(_ assembly: SourceAssembly) async throws -> [CompleteRange] {
        let coverage = try await ledger.coverage(
            of: assembly.configuration.id,
            kinds: RecordKind.all.filter(Self.reads(assembly).contains),
            reachableFrom: assembly.descriptor.windowRules.earliestComplete(at: clock.now)
        )
        return coverage.complete
    }

    /// How far the clock may be behind the ledger's: a machine that took its time from another server.
    private static let toleratedClockStep = Duration.seconds(300)

    /// Refuses to run with a clock that went back: ranges would end in the past, and what was read in them would not be asked for.
    private func checkClock(_ now: Timestamp) async throws {
        guard let last = try await ledger.lastRunTime(), now < last.advanced(by: .zero - Self.toleratedClockStep) else {
            return
        }
        throw TapedeckError(
            .clockWrong,
            """
            This machine's clock shows \(now.wholeSeconds), and the ledger has noted a run at \(last.wholeSeconds): set the clock \
            right. If the clock was wrong then and is right now, run "tapedeck repair", which forgets what the ledger claims of \
            the future.
            """
        )
    }

    /// The pass that this run belongs to: the one that was cut when it asked for the same, else a new one.
    private func pass(of assembly: SourceAssembly, _ origin: RecordOrigin, at start: Timestamp) async throws -> Pass {
        let source = assembly.configuration.id
        let fresh = Pass(
            source: source,
            firstRun: origin.run,
            beganAt: start.toMilliseconds,
            request: request.passNumber(origin.reads)
        )
        if let open = try await ledger.openPass(of: source), open.request == fresh.request,
            open.beganAt <= fresh.beganAt,
            fresh.beganAt.duration(since: open.beganAt) <= ListingPlanner.longestResumption
        {
            return open
        }
        var changes = LedgerChanges()
        changes.passes = [fresh]
        try await ledger.commit(changes)
        return fresh
    }

    /// What fetches media for the sources that read them; nil when none does.
    ///
    /// - Throws: `TapedeckError`: `configuration_invalid` when there is nothing to fetch with, and what opening the folder throws.
    private func mediaDesk(_ recorder: Recorder) async throws -> MediaDesk? {
        let readers = assemblies.filter { Self.reads($0).contains(.media) }
        guard let first = readers.first else { return nil }
        guard let media else {
            throw TapedeckError(
                .configurationInvalid,
                "The source \"\(first.configuration.id)\" reads media, and there is no folder for them: add media.directory."
            )
        }
        let vault = try await MediaVault.open(media, ledger: ledger, clock: clock)
        return MediaDesk(facilities: media, vault: vault, ledger: ledger, recorder: recorder)
    }

    private func read(_ runs: [SourceRun], _ mediaRuns: [Int: MediaRun]) async -> [SourceEnding] {
        await withTaskGroup(of: (Int, SourceEnding).self) { group in
            for (index, run) in runs.enumerated() {
                let media = mediaRuns[index]
                group.addTask {
                    async let files = media?.run()
                    let ending = await run.run()
                    media?.bell.close()
                    var fetched = await files
                    if ending.outcome.state == .complete, fetched?.ending == nil,
                        let failure = await media?.withdrawUnlisted()
                    {
                        fetched?.failures.append(failure)
                    }
                    return (index, ending.adding(fetched, counts: run.reader.monitor.counts))
                }
            }
            let endings = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return runs.indices.compactMap { endings[$0] }
        }
    }

    /// The kinds of record that are wanted of a source and that it has.
    static func reads(_ assembly: SourceAssembly) -> Set<RecordKind> {
        var reads = Set(assembly.configuration.reads).intersection(assembly.descriptor.produces)
        if !(assembly.source is any AccessReporting) { reads.remove(.accessEvents) }
        if !(assembly.source is any MediaProviding) { reads.remove(.media) }
        return reads
    }

    private func origin(of assembly: SourceAssembly, run: Int64, hasCausedReads: Bool) -> RecordOrigin {
        RecordOrigin(
            source: assembly.configuration.id,
            connector: assembly.descriptor.id,
            run: run,
            reads: Self.reads(assembly),
            mayCauseReads: hasCausedReads || Self.reads(assembly).contains(.media)
        )
    }

    private func sourceRun(
        _ assembly: SourceAssembly,
        origin: RecordOrigin,
        pass: Pass,
        start: Timestamp,
        recorder: Recorder,
        auditBudget: AuditBudget,
        pacers: PacerPool
    ) throws -> SourceRun {
        let monitor = SourceMonitor(source: origin.source, clock: clock, onProgress: onProgress)
        let sender = try machinery.sender(
            of: assembly,
            ledger: ledger,
            monitor: monitor,
            auditBudget: auditBudget,
            pacers: pacers
        )
        return SourceRun(
            reader: ListingReader(
                source: assembly.source,
                sender: sender,
                origin: origin,
                recorder: recorder,
                monitor: monitor,
                clock: clock,
                concurrency: assembly.limits.concurrency
            ),
            window: assembly.window(request, at: start),
            asked: assembly.asked(request),
            rules: assembly.descriptor.windowRules,
            concurrency: assembly.limits.concurrency,
            firstRunOfPass: pass.firstRun,
            asksForAllTime: request.since == nil && request.until == nil
        )
    }
}
