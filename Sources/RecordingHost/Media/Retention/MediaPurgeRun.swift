import RecordingKit

/// One purge over the ledger, the manifest, the store and the sinks.
struct MediaPurgeRun: Sendable {
    let purge: MediaPurge
    /// The sources that are gone through; nil for all.
    let sources: Set<String>?
    let ledger: any Ledger
    let sinks: [any Sink]
    /// The connectors' ids by source.
    let connectors: [String: String]
    /// The time, in whole milliseconds, as it can be written down.
    let now: Timestamp
    let pathLimit: Int

    /// Deletes what is old enough.
    ///
    /// - Throws: `TapedeckError` when it could not begin.
    func perform(knownHead: ManifestHead?) async throws -> MediaPurgeReport {
        let manifest = try await Manifest.open(folder: purge.folder, knownHead: knownHead, tool: purge.tool)
        let announced = try await MediaPurgeAnnouncements(in: manifest)
        let lastEndedInOrder = try await ledger.lastRunEndedInOrder()
        let number = try await ledger.beginRun(at: now)
        let group: MediaPurgeGroup
        do {
            try await SinkRecovery(ledger: ledger, sinks: sinks, lastRunEndedInOrder: lastEndedInOrder).perform()
            group = MediaPurgeGroup(
                purge: purge,
                manifest: manifest,
                ledger: ledger,
                sinks: sinks,
                run: number,
                connectors: try await knownConnectors(),
                now: now,
                commitsHeads: !announced.hasForeignLines
            )
        } catch {
            // As for a run that reads: whether the sinks are where the ledger says is as open as before.
            try? await finish(number, inOrder: lastEndedInOrder)
            throw error
        }
        var report = MediaPurgeReport()
        do {
            try await finishAnnounced(announced, group, &report)
            try await purgeOld(group, &report)
        } catch is CancellationError {
            report.wasStopped = true
        } catch {
            report.failure = error as? TapedeckError ?? TapedeckError(.mediaStoreFailed, "Files could not be deleted.")
        }
        do {
            try await finish(number, inOrder: report.failure.map { $0.code == .mediaStoreFailed } ?? true)
        } catch {
            report.failure = report.failure ?? error as? TapedeckError
        }
        return report
    }

    /// Does the rest for files that a killed purge has announced, of all sources and whatever the policy says now; those that a hold keeps
    /// meanwhile, and that are still there, stay.
    private func finishAnnounced(
        _ announced: MediaPurgeAnnouncements,
        _ group: MediaPurgeGroup,
        _ report: inout MediaPurgeReport
    ) async throws {
        guard !announced.isEmpty else { return }
        try await MediaPurge.forEachPage(of: nil, ledger) { files in
            var due: [StoredMedium] = []
            for file in files where announced.contains(file) {
                if try purge.decide(file, at: now) == .held, try await group.keep(file) { continue }
                due.append(file)
            }
            try take(try await group.finish(due), &report)
        }
        try await group.commitHead()
    }

    private func purgeOld(_ group: MediaPurgeGroup, _ report: inout MediaPurgeReport) async throws {
        try await MediaPurge.forEachPage(of: sources, ledger) { files in
            try take(try await group.purge(try purge.due(files, at: now, &report)), &report)
        }
    }

    private func take(_ outcome: MediaPurgeGroup.Outcome, _ report: inout MediaPurgeReport) throws {
        for file in outcome.removed { report.countPurged(file, pathLimit: pathLimit) }
        if let failure = outcome.failure { throw failure }
    }

    private func knownConnectors() async throws -> [String: String] {
        let lastUsed = try await ledger.sourceStatuses().compactMap { status in
            status.lastOutcome.map { (status.source, $0.connector) }
        }
        return connectors.merging(lastUsed) { configured, _ in configured }
    }

    private func finish(_ run: Int64, inOrder: Bool) async throws {
        try await withoutCancellation { [ledger, purge] in
            let end = purge.clock.now.toMilliseconds
            try await ledger.finishRun(run, at: end, endings: [], inOrder: inOrder)
        }
    }
}
