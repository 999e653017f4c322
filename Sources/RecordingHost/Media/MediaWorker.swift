import RecordingKit

/// Does what is to be done for one recording's media, and notes what became of each rendition.
struct MediaWorker: Sendable {
    let source: any MediaProviding
    let offer: MediaOffer
    let sender: RequestSender
    let origin: RecordOrigin
    let recorder: Recorder
    let ledger: any Ledger
    let monitor: SourceMonitor
    let clock: any HostClock
    let vault: MediaVault
    let transfer: MediaTransfer
    let whenWithdrawn: WithdrawalPolicy

    /// How the work on one recording ended.
    struct Result: Sendable {
        var failure: TapedeckError?
        /// Whether there is no point in asking this source for other files.
        var endsSource = false
    }

    /// After so many attempts a recording is tried once a day only.
    private static let eagerAttempts = 5
    private static let day = Duration.seconds(86_400)
    /// How long a refusal holds before the platform is asked again.
    private static let refusalHolds = Duration.seconds(7 * 86_400)

    func tasks(after place: Int64, limit: Int) async throws -> [MediaTask] {
        try await ledger.mediaTasks(of: origin.source, after: place, at: clock.now, limit: limit)
    }

    /// Works on one recording.
    ///
    /// - Throws: `CancellationError`; `TapedeckError` when sinks or ledger failed.
    func work(on task: MediaTask) async throws -> Result {
        do {
            return try await perform(task)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as MediaFailure {
            return try await fail(task, TapedeckError(error.code, error.reason))
        } catch {
            let failure = StopReason.failure(error)
            if Self.isOfTheRun(failure.code) { throw failure }
            // What was not even asked for is left as it is.
            if Self.endsSource(failure) { return Result(failure: failure, endsSource: true) }
            return try await fail(task, failure)
        }
    }

    private static func isOfTheRun(_ code: TapedeckError.Code) -> Bool {
        [.sinkFailed, .ledgerFailed, .ledgerBusy, .noSpace, .mediaStoreFailed].contains(code)
    }

    private static func endsSource(_ error: TapedeckError) -> Bool {
        error.code == .auditBudgetExhausted || StopReason.endsSource(error, hasSucceeded: true)
    }

    // MARK: - One recording

    private func perform(_ task: MediaTask) async throws -> Result {
        for file in task.files {
            if let journal = file.journal, journal.completion != nil { try await conclude(task, file.rendition, journal) }
        }
        switch task.recording.status {
        case .processing:
            try await settle(task, .pending, "The recording is not complete yet.", .again(notBefore: nil))
            return Result()
        case .failed:
            try await settle(task, .gone, "The recording failed on the platform: there is no file.", .settled)
            return Result()
        case .deleted:
            return try await withdraw(task, .gone, "The platform says that the recording was deleted.")
        default: break
        }
        // What is there need not be asked for again where asking leaves a trace.
        if offer.auditCost > 0, isStored(task, offer.mainRendition) {
            try await note(MediaProgress(key: task.key, ending: .settled))
            return Result()
        }
        var supply = LinkSupply { [source, sender, task] in
            let api = APIClient(executor: HostExecutor(sender: sender, recordingID: task.key.recordingID))
            return try await source.media(of: task.recording, api: api)
        }
        do {
            switch try await supply.refill() {
            case .available: return try await fetchAll(task, &supply)
            case let other: return try await refuse(task, other)
            }
        } catch let refused as LinkRefused {
            return try await refuse(task, refused.availability)
        }
    }

    private func fetchAll(_ task: MediaTask, _ supply: inout LinkSupply) async throws -> Result {
        let links = supply.links
        guard !links.isEmpty, Set(links.map(\.rendition)).count == links.count else {
            throw TapedeckError(.connectorFailed, "The connector offered no file, or two under one name.")
        }
        var result = Result()
        for link in links where !isStored(task, link.rendition) {
            let fresh = supply.links.first { $0.rendition == link.rendition } ?? link
            do {
                try await fetch(task, fresh, &supply)
            } catch let error as MediaFailure {
                let failure = TapedeckError(error.code, error.reason)
                try await write(task, [medium(task, link.rendition, .failed, error.reason)], ending: nil)
                result.failure = failure
            }
        }
        guard result.failure == nil else {
            try await note(MediaProgress(key: task.key, ending: retry(task)))
            return result
        }
        try await note(MediaProgress(key: task.key, ending: ending(task)))
        return result
    }

    /// Where renditions come late and asking costs nothing, the platform is asked again for some days.
    private func ending(_ task: MediaTask) -> MediaProgress.Ending {
        guard let date = task.recording.mediaDate, offer.auditCost == 0,
            clock.now < date.advanced(by: offer.moreRenditionsWithin)
        else { return .settled }
        return .again(notBefore: clock.now.advanced(by: Self.day))
    }

    private func retry(_ task: MediaTask) -> MediaProgress.Ending {
        .again(notBefore: task.attempts + 1 < Self.eagerAttempts ? nil : clock.now.advanced(by: Self.day))
    }

    private func refuse(_ task: MediaTask, _ availability: MediaAvailability) async throws -> Result {
        switch availability {
        case .available: return Result()
        case .pending(let reason): try await settle(task, .pending, reason, .again(notBefore: nil))
        case .forbidden(let reason):
            return try await withdraw(task, .forbidden, reason)
        case .gone(let reason): return try await withdraw(task, .gone, reason)
        }
        return Result()
    }

    private func fail(_ task: MediaTask, _ failure: TapedeckError) async throws -> Result {
        let rendition = offer.mainRendition
        let media = isStored(task, rendition) ? [] : [medium(task, rendition, .failed, failure.reason)]
        try await write(task, media, ending: retry(task))
        return Result(failure: failure)
    }

    // MARK: - One file

    private func fetch(_ task: MediaTask, _ link: MediaLink, _ supply: inout LinkSupply) async throws {
        let journal = task.files.first { $0.rendition == link.rendition }?.journal
        let name = journal?.spoolName ?? Self.spoolName(task, link.rendition)
        let checkpoints = AsyncStream<SpoolFile.Checkpoint>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let path = vault.spool + "/" + name
        let spool = try await BlockingCalls.run { [clock, vault] in
            try SpoolFile(
                path: path,
                checkpoint: journal.map {
                    SpoolFile.Checkpoint(
                        offset: $0.offset,
                        sha256: $0.sha256,
                        length: $0.length,
                        validator: $0.validator
                    )
                },
                expectedLength: link.byteCount,
                clock: clock,
                freeSpace: { vault.freeSpace },
                onCheckpoint: { checkpoints.continuation.yield($0) }
            )
        }
        async let notes: Void = noteCheckpoints(checkpoints.stream, spool, name, task, link.rendition)
        let head: MediaResponseHead?
        do {
            head = try await transfer.fetch(link, into: spool, supply: &supply)
            checkpoints.continuation.finish()
            try await notes
        } catch {
            checkpoints.continuation.finish()
            try? await notes
            monitor.count { $0.media.bytesReceived += spool.received }
            try await keepPlace(spool, name, task, link.rendition)
            throw error
        }
        monitor.count { $0.media.bytesReceived += spool.received }
        try await complete(task, link, spool, name, head)
    }

    private static func spoolName(_ task: MediaTask, _ rendition: String) -> String {
        let key = task.key.source + "\u{0}" + task.key.recordingID + "\u{0}" + rendition
        return "\(task.number)-\(String(ContentHash.hash(key), radix: 16)).partial"
    }

    private func noteCheckpoints(
        _ checkpoints: AsyncStream<SpoolFile.Checkpoint>,
        _ spool: SpoolFile,
        _ name: String,
        _ task: MediaTask,
        _ rendition: String
    ) async throws {
        for await checkpoint in checkpoints {
            let path = spool.path
            try await BlockingCalls.run { try OpenFile(path, as: .reading).synchronize() }
            try await ledger.setMediaJournal(Self.journal(name, checkpoint), of: rendition, task.key)
        }
    }

    private static func journal(_ name: String, _ checkpoint: SpoolFile.Checkpoint) -> MediaJournal {
        MediaJournal(
            spoolName: name,
            offset: checkpoint.offset,
            sha256: checkpoint.sha256,
            length: checkpoint.length,
            validator: checkpoint.validator
        )
    }

    /// Keeps what was received, so that it is not fetched again; also when the run is being stopped.
    private func keepPlace(_ spool: SpoolFile, _ name: String, _ task: MediaTask, _ rendition: String) async throws {
        try await withoutCancellation { [ledger] in
            let checkpoint = try await BlockingCalls.run { try spool.checkpoint() }
            try await ledger.setMediaJournal(Self.journal(name, checkpoint), of: rendition, task.key)
        }
    }

    private func complete(
        _ task: MediaTask,
        _ link: MediaLink,
        _ spool: SpoolFile,
        _ name: String,
        _ head: MediaResponseHead?
    ) async throws {
        let finished: (bytes: Int64, sha256: String)
        do {
            finished = try await BlockingCalls.run { try spool.finish() }
        } catch let error as MediaFailure {
            // What is not the file is of no use for a later attempt.
            try spool.startOver()
            try await ledger.setMediaJournal(nil, of: link.rendition, task.key)
            throw error
        }
        let type = head?.headers["Content-Type"]
        let path = try MediaPath(
            source: origin.source,
            recording: task.key.recordingID,
            rendition: link.rendition,
            date: task.recording.mediaDate,
            fileExtension: link.fileExtension ?? FileExtension.of(contentType: type)
        )
        var journal = MediaJournal(
            spoolName: name,
            offset: finished.bytes,
            sha256: finished.sha256,
            length: finished.bytes,
            validator: spool.place.validator
        )
        journal.completion = MediaJournal.Completion(
            path: path.text,
            contentType: type,
            fetchedAt: clock.now.toMilliseconds,
            requestID: head?.headers.mediaRequestID(sender.destination.requestIDHeader)
        )
        try await withoutCancellation { [journal] in
            try await ledger.setMediaJournal(journal, of: link.rendition, task.key)
            try await conclude(task, link.rendition, journal)
        }
    }

    /// Puts a complete file in its place; also one that a killed run has left behind.
    private func conclude(_ task: MediaTask, _ rendition: String, _ journal: MediaJournal) async throws {
        guard let completion = journal.completion, let path = MediaPath(text: completion.path) else {
            throw TapedeckError(.ledgerFailed, "The ledger names a place for a file that no file can have.")
        }
        var medium = Medium(recordingID: task.key.recordingID, rendition: rendition, state: .stored)
        medium.path = path.text
        medium.bytes = journal.offset
        medium.sha256 = journal.sha256
        medium.contentType = completion.contentType
        medium.etag = journal.validator.etag
        medium.fetchedAt = completion.fetchedAt
        let file = SpooledMedia(
            file: vault.spool + "/" + journal.spoolName,
            bytes: journal.offset,
            sha256: journal.sha256,
            contentType: completion.contentType
        )
        try await vault.keep(file, draft(.stored, medium, path, completion.requestID, nil)) { [medium] head in
            try await write(task, [medium], ending: nil, head: head)
        }
    }

    // MARK: - Withdrawal

    /// Notes that there is nothing to be had; what is stored of a recording that was taken back is dealt with as the policy says.
    private func withdraw(_ task: MediaTask, _ state: MediaState, _ reason: String) async throws -> Result {
        let ending: MediaProgress.Ending =
            state == .gone ? .settled : .again(notBefore: clock.now.advanced(by: Self.refusalHolds))
        let stored = task.files.compactMap(\.medium).filter { $0.state == .stored }
        guard !stored.isEmpty else {
            try await settle(task, state, reason, ending)
            return Result()
        }
        monitor.count { $0.media.withdrawn += 1 }
        for medium in stored { try await withdraw(task, medium, state, reason) }
        try await note(MediaProgress(key: task.key, ending: ending))
        return Result()
    }

    private func withdraw(_ task: MediaTask, _ medium: Medium, _ state: MediaState, _ reason: String) async throws {
        guard let path = medium.path.flatMap(MediaPath.init(text:)) else { return }
        var changed = medium
        let action: ManifestEntry.Action
        switch whenWithdrawn {
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
            switch whenWithdrawn {
            case .keep: break
            case .quarantine: try await store.quarantine(path)
            case .purge: try await store.remove(path)
            }
        } record: { [changed] head in
            try await write(task, [changed], ending: nil, head: head)
        }
    }

    private func draft(
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

    // MARK: - Noting

    private func isStored(_ task: MediaTask, _ rendition: String) -> Bool {
        task.files.contains { $0.rendition == rendition && ($0.medium?.state == .stored || $0.journal?.completion != nil) }
    }

    private func medium(_ task: MediaTask, _ rendition: String, _ state: MediaState, _ reason: String) -> Medium {
        Medium(recordingID: task.key.recordingID, rendition: rendition, state: state, reason: reason)
    }

    private func settle(
        _ task: MediaTask,
        _ state: MediaState,
        _ reason: String,
        _ ending: MediaProgress.Ending
    ) async throws {
        try await write(task, [medium(task, offer.mainRendition, state, reason)], ending: ending)
    }

    /// Writes what is new about a recording's media.
    private func write(
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

    private func note(_ progress: MediaProgress, head: ManifestHead? = nil) async throws {
        let heads = head.map { [vault.folder: $0] } ?? [:]
        let result = try await recorder.record(.media(origin, progress, heads, observedAt: clock.now.toMilliseconds))
        monitor.count { $0.written.merge(result.written, uniquingKeysWith: +) }
    }
}

extension HTTPHeaders {
    /// The id that the platform, or the object storage that it keeps files in, gave a request.
    fileprivate func mediaRequestID(_ name: String?) -> String? {
        requestID(in: name) ?? requestID(in: "x-amz-request-id")
    }
}
