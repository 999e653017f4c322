import RecordingHost
import RecordingKit

/// Calls a connector's methods one after another over the host's own sender and pager, and notes what comes of it.
struct ConnectorDriver: Sendable {
    let subject: ConformanceSubject
    /// Whether requests carry credentials.
    var authenticates = false
    /// Tells the time; nil for one that jumps over every wait.
    var clock: (any HostClock)?
    /// Serves tokens and notes what is left in audit trails; nil for one that forgets.
    var ledger: (any Ledger)?

    /// Calls every method, as a run does: what one finds is what the next is asked about.
    func run(_ interference: Interference = Interference()) async -> ConnectorRun {
        await call(interference) { session in
            await session.check()
            await session.discover()
            for index in session.run.listings.indices { await session.read(index) }
            session.run.chosen = ConnectorDriver.choose(subject.extent.details, of: session.run)
            for index in session.run.chosen.indices { await session.readEvents(index) }
            guard subject.extent.media else { return }
            for index in session.run.chosen.indices { await session.readMedia(index) }
        }
    }

    /// Calls one method alone, for what an earlier run found.
    func run(
        _ phase: ReadingPhase,
        of earlier: ConnectorRun,
        _ interference: Interference = Interference()
    ) async -> ConnectorRun {
        await call(interference, pageSizes: earlier.pageSizes) { session in
            session.run.listings = phase == .listings ? [] : earlier.listings
            session.run.chosen = earlier.chosen
            switch phase {
            case .check: await session.check()
            case .listings: await session.discover()
            case .recordings(let index): await session.read(index)
            case .accessEvents(let index): await session.readEvents(index)
            case .media(let index): await session.readMedia(index)
            }
        }
    }

    /// Sets a source up and has its methods called; a fetch that is held is cancelled as soon as it is under way.
    private func call(
        _ interference: Interference,
        pageSizes: [String: Int] = [:],
        _ body: @Sendable @escaping (inout ConnectorSession) async -> Void
    ) async -> ConnectorRun {
        let log = ProbeLog()
        let base = subject.makeTransport()
        let (holds, hold) = AsyncStream.makeStream(of: Void.self)
        var run = ConnectorRun()
        do {
            let access = try SourceAccess(
                subject.entry,
                values: subject.settings,
                since: subject.since,
                now: subject.now,
                transport: ProbeTransport(base: base, log: log, alter: interference.alter),
                clock: clock ?? ManualClock.automatic(at: subject.now),
                authenticates: authenticates,
                ledger: ledger ?? MemoryLedger(),
                jitter: { 0.5 },
                pageSizes: pageSizes
            )
            let executor = ProbeExecutor(
                base: access.executor,
                log: log,
                interference: interference,
                pages: subject.extent.pages,
                onHold: { hold.finish() }
            )
            run.settings = access.settings
            run.window = access.window
            let session = ConnectorSession(
                access: access,
                produces: Set(subject.descriptor.produces),
                api: APIClient(executor: executor),
                log: log,
                refusal: interference.refusal,
                listings: subject.extent.listings,
                run: run
            )
            run = await withTaskGroup(of: ConnectorRun?.self) { group in
                group.addTask {
                    var session = session
                    await body(&session)
                    return session.run
                }
                if interference.cancelledFetch != nil {
                    group.addTask {
                        for await _ in holds {}
                        return nil
                    }
                }
                var finished: ConnectorRun?
                for await result in group {
                    // The fetch is held now, or the methods have ended without it.
                    group.cancelAll()
                    finished = result ?? finished
                }
                return finished ?? run
            }
        } catch {
            run.setupFailure = error
        }
        run.fetches = log.fetches
        run.exchanges = log.exchanges
        if let replay = base as? ReplayTransport {
            run.unrecorded = replay.unrecorded
            run.unasked = replay.unasked
        }
        return run
    }

    /// The recordings whose details are asked for: the first of each listing, then the second of each, each recording once.
    private static func choose(_ count: Int, of run: ConnectorRun) -> [Recording] {
        let lists = run.readings.map(\.recordings).filter { !$0.isEmpty }
        let longest = lists.map(\.count).max() ?? 0
        var seen: Set<String> = []
        var chosen: [Recording] = []
        for position in 0..<longest {
            for list in lists where position < list.count && chosen.count < count {
                let recording = list[position].recording
                if seen.insert(recording.id).inserted { chosen.append(recording) }
            }
        }
        return chosen
    }
}
