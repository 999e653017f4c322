import RecordingKit

/// The steps by which some files go, each durable before the next.
struct MediaPurgeGroup: Sendable {
    let purge: MediaPurge
    let manifest: Manifest
    let ledger: any Ledger
    let sinks: [any Sink]
    let run: Int64
    /// The connectors' ids by source.
    let connectors: [String: String]
    let now: Timestamp
    /// Whether the ledger may get to know how far the manifest has come: not while it has lines that a run which fetches is to finish.
    let commitsHeads: Bool

    private static let reason = MediaPurgeAnnouncements.reason

    /// Files that are gone, and why not all of them are.
    struct Outcome: Sendable {
        var removed: [StoredMedium] = []
        var failure: TapedeckError?
    }

    /// Announces, deletes and records files; once begun it is not interrupted when the task is cancelled.
    ///
    /// - Throws: `TapedeckError` when nothing was deleted, or when what was deleted could not be recorded.
    func purge(_ files: [StoredMedium]) async throws -> Outcome {
        guard !files.isEmpty else { return Outcome() }
        return try await withoutCancellation {
            let drafts = try files.map { try draft($0, .purged, reason: Self.reason) }
            let head = try await manifest.append(drafts, at: now)
            return try await remove(files, announcedAt: head)
        }
    }

    /// Deletes and records files that were announced by a run that was killed; as uninterrupted.
    ///
    /// - Throws: `TapedeckError` when what was deleted could not be recorded.
    func finish(_ files: [StoredMedium]) async throws -> Outcome {
        guard !files.isEmpty else { return Outcome() }
        return try await withoutCancellation { try await remove(files, announcedAt: nil) }
    }

    /// Takes an announcement back where the file is still there; false where it is not.
    ///
    /// - Throws: `TapedeckError`.
    func keep(_ file: StoredMedium) async throws -> Bool {
        let draft = try draft(file, .stored, reason: nil)
        guard try await purge.store.size(of: draft.path) == draft.bytes else { return false }
        _ = try await manifest.append([draft], at: now)
        return true
    }

    /// Notes that everything in the manifest was done.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed`.
    func commitHead() async throws {
        guard commitsHeads else { return }
        var changes = LedgerChanges()
        changes.manifestHeads[purge.folder] = await manifest.head
        try await withoutCancellation { [ledger, changes] in try await ledger.commit(changes) }
    }

    private func remove(_ files: [StoredMedium], announcedAt head: ManifestHead?) async throws -> Outcome {
        var outcome = Outcome()
        for file in files {
            do {
                try await purge.store.remove(try path(of: file))
                outcome.removed.append(file)
            } catch {
                outcome.failure =
                    error as? TapedeckError ?? TapedeckError(.mediaStoreFailed, "A file cannot be deleted.")
                break
            }
        }
        // While something that was announced is not done, the ledger does not get to know of the announcement: the next purge finds it.
        try await record(outcome.removed, head: outcome.failure == nil ? head : nil)
        return outcome
    }

    private func record(_ files: [StoredMedium], head: ManifestHead?) async throws {
        var planner = BatchPlanner(includesRaw: false)
        for file in files {
            let progress = MediaProgress(key: file.key, media: [gone(file.medium)])
            _ = planner.add(.media(origin(file.key.source), progress, [:], observedAt: now))
        }
        var changes = planner.finish()
        if let head, commitsHeads { changes.manifestHeads[purge.folder] = head }
        guard !changes.isEmpty else { return }
        let batch = planner.batch
        if !batch.isEmpty {
            for sink in sinks {
                changes.sinkPositions[sink.id] = try await sink.keep(batch)
            }
        }
        try await ledger.commit(changes)
    }

    /// What is said of a file that is gone: what it held stays known, where it was does not.
    private func gone(_ medium: Medium) -> Medium {
        var medium = medium
        medium.state = .gone
        medium.path = nil
        let days = purge.policy.retain.map { $0.components.seconds / 86_400 }
        medium.reason = days.map { "purged after \($0) \($0 == 1 ? "day" : "days")" } ?? "purged"
        return medium
    }

    private func origin(_ source: String) -> RecordOrigin {
        RecordOrigin(
            source: source,
            connector: connectors[source] ?? "unknown",
            run: run,
            reads: [.media],
            mayCauseReads: false
        )
    }

    private func draft(
        _ file: StoredMedium,
        _ action: ManifestEntry.Action,
        reason: String?
    ) throws -> ManifestEntry.Draft {
        let medium = file.medium
        guard let bytes = medium.bytes, let sha256 = medium.sha256, let fetchedAt = medium.fetchedAt else {
            throw MediaPurgeFailure.unclear(file)
        }
        return ManifestEntry.Draft(
            action: action,
            source: file.key.source,
            recordingID: file.key.recordingID,
            rendition: medium.rendition,
            path: try path(of: file),
            bytes: bytes,
            sha256: sha256,
            contentType: medium.contentType,
            fetchedAt: fetchedAt,
            requestID: nil,
            reason: reason
        )
    }

    private func path(of file: StoredMedium) throws -> MediaPath {
        guard let path = file.medium.path.flatMap({ MediaPath(text: $0) }) else {
            throw MediaPurgeFailure.unclear(file)
        }
        return path
    }
}
