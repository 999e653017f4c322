import RecordingKit

/// Deletes stored files that are older than the policy says, and says so in the manifest and in the archive.
///
/// A file goes in three steps, each durable before the next: the manifest says that it is to be gone; it is deleted; sinks and ledger say
/// that it is gone. A run that ends in between is made good by the next one. Only what the ledger has as stored is ever deleted.
public struct MediaPurge: Sendable {
    /// Which files go.
    public var policy: RetentionPolicy
    /// The absolute path of the folder with the manifest.
    public var directory: String
    /// Where the files are.
    public var store: any MediaStore
    /// What the manifest names as the writer of its lines, such as `tapedeck/1.0.0`.
    public var tool: String
    /// Tells how old files are; default the machine's clock.
    public var clock: any HostClock

    /// What names the manifest in the ledger.
    var folder: String { FilePath.absolute(directory) }

    /// How many recordings are gone through at once; what they have to be deleted is deleted together.
    static let pageSize = 100
    /// How far the clock may be behind the ledger's: a machine that took its time from another server.
    private static let toleratedClockStep = Duration.seconds(300)

    /// Describes a purge; nothing is opened.
    public init(
        policy: RetentionPolicy,
        directory: String,
        store: any MediaStore,
        tool: String,
        clock: any HostClock = SystemClock()
    ) {
        self.policy = policy
        self.directory = directory
        self.store = store
        self.tool = tool
        self.clock = clock
    }

    /// What ``perform(of:ledger:sinks:connectors:pathLimit:)`` would delete; the ledger is only read, and nothing else is touched.
    ///
    /// - Parameters:
    ///   - sources: the sources by id; nil for all, also those that are configured no longer.
    ///   - ledger: knows the files.
    ///   - pathLimit: how many places of files to name.
    /// - Throws: `TapedeckError` with code `clock_wrong`, `ledger_failed`; `CancellationError`.
    public func preview(
        of sources: [String]? = nil,
        ledger: any Ledger,
        pathLimit: Int = 0
    ) async throws -> MediaPurgeReport {
        let now = clock.now
        try await checkClock(now, ledger)
        let sources = sources.map { Set($0) }
        var report = MediaPurgeReport()
        try await Self.forEachPage(of: sources, ledger) { files in
            for file in try due(files, at: now, &report) { report.countPurged(file, pathLimit: pathLimit) }
        }
        return report
    }

    /// Deletes what is old enough.
    ///
    /// Cancelling the task ends it between two groups of files, with a report in which `wasStopped` is set. What goes wrong once it has
    /// begun to delete is the report's `failure`; what was deleted until then is recorded.
    ///
    /// - Parameters:
    ///   - sources: the sources by id; nil for all, also those that are configured no longer.
    ///   - ledger: knows the files; left open.
    ///   - sinks: take a record for each file that is gone; closed before this returns.
    ///   - connectors: the connectors' ids by source, for sources that have never been read to an end.
    ///   - pathLimit: how many places of files to name in the report.
    /// - Throws: `TapedeckError` when it could not begin: `clock_wrong`, `configuration_invalid`, `sink_failed`, `ledger_failed`,
    ///   `ledger_busy`, `media_store_failed`.
    public func perform(
        of sources: [String]? = nil,
        ledger: any Ledger,
        sinks: [any Sink],
        connectors: [String: String] = [:],
        pathLimit: Int = 0
    ) async throws -> MediaPurgeReport {
        do {
            try await checkClock(clock.now, ledger)
            let known = try await ledger.manifestHead(in: folder)
            // Where nothing was ever stored there is nothing to open either.
            let firstStored = try await ledger.storedMedia(of: nil, after: 0, limit: 1)
            let run = MediaPurgeRun(
                purge: self,
                sources: sources.map { Set($0) },
                ledger: ledger,
                sinks: sinks,
                connectors: connectors,
                now: clock.now.toMilliseconds,
                pathLimit: pathLimit
            )
            let isUnused = known == nil && firstStored.isEmpty
            let report = isUnused ? MediaPurgeReport() : try await run.perform(knownHead: known)
            for sink in sinks { await sink.close() }
            return report
        } catch {
            for sink in sinks { await sink.close() }
            throw error
        }
    }

    /// The files that are to be deleted; the others are counted.
    func due(_ files: [StoredMedium], at now: Timestamp, _ report: inout MediaPurgeReport) throws -> [StoredMedium] {
        try files.filter { file in
            let decision = try decide(file, at: now)
            switch decision {
            case .purge: break
            case .held: report.count(file.key.source) { $0.held += 1 }
            case .young: report.count(file.key.source) { $0.young += 1 }
            }
            return decision == .purge
        }
    }

    /// What becomes of a file.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed` when the ledger does not say when it was fetched.
    func decide(_ file: StoredMedium, at now: Timestamp) throws -> RetentionPolicy.Decision {
        guard let fetchedAt = file.medium.fetchedAt else { throw MediaPurgeFailure.unclear(file) }
        return policy.decision(
            on: RetentionPolicy.StoredFile(
                source: file.key.source,
                recordingID: file.key.recordingID,
                startedAt: file.date,
                fetchedAt: fetchedAt
            ),
            at: now
        )
    }

    /// Hands over the stored files of these sources, nil for all, those of ``pageSize`` recordings at a time.
    static func forEachPage(
        of sources: Set<String>?,
        _ ledger: any Ledger,
        _ body: ([StoredMedium]) async throws -> Void
    ) async throws {
        let only = sources.flatMap { $0.count == 1 ? $0.first : nil }
        var number: Int64 = 0
        while true {
            try Task.checkCancellation()
            let page = try await ledger.storedMedia(of: only, after: number, limit: pageSize)
            guard let last = page.last else { return }
            number = last.number
            try await body(page.filter { sources?.contains($0.key.source) ?? true })
        }
    }

    /// Refuses to work with a clock that went back: how old a file is could not be told.
    private func checkClock(_ now: Timestamp, _ ledger: any Ledger) async throws {
        guard let last = try await ledger.lastRunTime(), now < last.advanced(by: .zero - Self.toleratedClockStep) else {
            return
        }
        throw MediaPurgeFailure.wrongClock(now, last)
    }
}
