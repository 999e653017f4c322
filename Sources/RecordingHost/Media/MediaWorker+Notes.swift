import RecordingKit

extension MediaWorker {
    func isStored(_ task: MediaTask, _ rendition: String) -> Bool {
        task.files.contains { $0.rendition == rendition && $0.medium?.state == .stored }
    }

    func medium(_ task: MediaTask, _ rendition: String, _ state: MediaState, _ reason: String) -> Medium {
        Medium(recordingID: task.key.recordingID, rendition: rendition, state: state, reason: reason)
    }

    /// Notes an outcome without a file; where there is a file, what is said of it stands.
    func settle(
        _ task: MediaTask,
        _ state: MediaState,
        _ reason: String,
        _ ending: MediaProgress.Ending
    ) async throws {
        let rendition = offer.mainRendition
        let media = isStored(task, rendition) ? [] : [medium(task, rendition, state, reason)]
        try await write(task, media, ending: ending)
    }

    /// Writes what is new about a recording's media.
    func write(
        _ task: MediaTask,
        _ media: [Medium],
        ending: MediaProgress.Ending?,
        head: ManifestHead? = nil
    ) async throws {
        monitor.count { counts in
            for medium in media { counts.media.states[medium.state, default: 0] += 1 }
        }
        let fresh = media.filter { medium in
            task.files.first { $0.rendition == medium.rendition }?.medium != medium
        }
        try await note(MediaProgress(key: task.key, media: fresh, ending: ending), head: head)
    }

    func note(_ progress: MediaProgress, head: ManifestHead? = nil) async throws {
        let heads = head.map { [vault.folder: $0] } ?? [:]
        let result = try await recorder.record(.media(origin, progress, heads, observedAt: clock.now.toMilliseconds))
        monitor.count { $0.written.merge(result.written, uniquingKeysWith: +) }
    }
}
