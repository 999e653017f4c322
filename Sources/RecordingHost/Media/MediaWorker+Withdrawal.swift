import RecordingKit

extension MediaWorker {
    /// Notes that there is nothing to be had; what is stored of a recording that was taken back is dealt with as the policy says.
    ///
    /// - Parameter isSaid: whether the platform says of the recording itself that it is gone. A refusal can mean a lost permission,
    ///   and a list that is short a passing fault: files are then put away at most, never deleted.
    func withdraw(
        _ task: MediaTask,
        _ state: MediaState,
        _ reason: String,
        isSaid: Bool = true
    ) async throws -> Result {
        let ending: MediaProgress.Ending =
            state == .gone ? .settled : .again(notBefore: clock.now.advanced(by: Self.refusalHolds))
        let stored = task.files.compactMap(\.medium).filter { $0.state == .stored }
        guard !stored.isEmpty else {
            try await settle(task, state, reason, ending)
            return Result()
        }
        monitor.count { $0.media.withdrawn += 1 }
        for medium in stored { try await withdraw(task, medium, state, reason, isSaid: isSaid) }
        try await note(MediaProgress(key: task.key, ending: ending))
        return Result()
    }

    private func withdraw(
        _ task: MediaTask,
        _ medium: Medium,
        _ state: MediaState,
        _ reason: String,
        isSaid: Bool
    ) async throws {
        guard let path = medium.path.flatMap(MediaPath.init(text:)) else { return }
        var changed = medium
        let action: ManifestEntry.Action
        // What is held by law is not given up, whatever the platform says.
        let isHeld = retention?.legalHolds.holds(source: task.key.source, recordingID: task.key.recordingID) ?? false
        let wanted = whenWithdrawn == .purge && !(isSaid && state == .gone) ? .quarantine : whenWithdrawn
        let policy = isHeld ? WithdrawalPolicy.keep : wanted
        switch policy {
        case .keep:
            changed.reason = "withdrawn, kept: \(reason)"
            action = .withdrawnKept
        case .quarantine:
            changed.state = state
            changed.path = nil
            changed.reason = "withdrawn, in quarantine: \(reason)"
            action = .quarantined
        case .purge:
            changed.state = state
            changed.path = nil
            changed.reason = "withdrawn, deleted: \(reason)"
            action = .purged
        }
        guard changed != medium else { return }
        try await vault.act([draft(action, medium, path, nil, reason)]) { store in
            switch policy {
            case .keep: break
            case .quarantine: try await store.quarantine(path)
            case .purge: try await store.remove(path)
            }
        } record: { [changed] head in
            try await write(task, [changed], ending: nil, head: head)
        }
    }

    func draft(
        _ action: ManifestEntry.Action,
        _ medium: Medium,
        _ path: MediaPath,
        _ requestID: String?,
        _ reason: String?
    ) -> ManifestEntry.Draft {
        ManifestEntry.Draft(
            action: action,
            source: origin.source,
            recordingID: medium.recordingID,
            rendition: medium.rendition,
            path: path,
            bytes: medium.bytes ?? 0,
            sha256: medium.sha256 ?? "",
            contentType: medium.contentType,
            fetchedAt: medium.fetchedAt ?? clock.now.toMilliseconds,
            requestID: requestID,
            reason: reason
        )
    }
}
