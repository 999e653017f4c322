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
    let retention: RetentionPolicy?

    /// How the work on one recording ended.
    struct Result: Sendable {
        var failure: TapedeckError?
        /// Whether there is no point in asking this source for other files.
        var endsSource = false
    }

    /// After so many attempts a recording is tried once a day only.
    private static let eagerAttempts = 5
    private static let hour = Duration.seconds(3_600)
    private static let day = Duration.seconds(86_400)
    private static let month = Duration.seconds(30 * 86_400)
    /// How long a refusal holds before the platform is asked again.
    static let refusalHolds = Duration.seconds(7 * 86_400)

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
        } catch let error as SystemError {
            // The spool is this machine's own: what is wrong with it is wrong for every file.
            throw TapedeckError(
                error.isFullDisk || error.isFullQuota ? .noSpace : .mediaStoreFailed,
                "An unfinished file cannot be kept: \(error)."
            )
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

    private func perform(_ found: MediaTask) async throws -> Result {
        var task = found
        for (index, file) in found.files.enumerated() {
            guard let journal = file.journal, journal.completion != nil else { continue }
            task.files[index].medium = try await conclude(found, file.rendition, journal)
            task.files[index].journal = nil
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
        if isOverdue(task) {
            try await settle(task, .gone, "The recording is older than files are kept: it is not fetched.", .settled)
            return Result()
        }
        // What is there need not be asked for again where asking leaves a trace.
        if offer.auditCost > 0, isStored(task, offer.mainRendition) {
            try await note(MediaProgress(key: task.key, ending: .settled))
            return Result()
        }
        var supply = LinkSupply(clock: clock) { [source, sender, task] in
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

    /// Whether the file would be deleted as soon as it was there; what was deleted for its age is not fetched again either.
    private func isOverdue(_ task: MediaTask) -> Bool {
        guard let retention, task.files.allSatisfy({ $0.medium?.state != .stored }) else { return false }
        let now = clock.now
        let file = RetentionPolicy.StoredFile(
            source: task.key.source,
            recordingID: task.key.recordingID,
            startedAt: task.recording.mediaDate,
            fetchedAt: now
        )
        return retention.decision(on: file, at: now) == .purge
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

    /// Where asking costs nothing, the platform is asked again: for some days where renditions come late, and now and then whether
    /// the recording was taken back.
    private func ending(_ task: MediaTask) -> MediaProgress.Ending {
        guard offer.auditCost == 0 else { return .settled }
        let now = clock.now
        let mayHaveMore = task.recording.mediaDate.map { now < $0.advanced(by: offer.moreRenditionsWithin) } ?? false
        return .again(notBefore: now.advanced(by: mayHaveMore ? Self.day : Self.month))
    }

    private func retry(_ task: MediaTask) -> MediaProgress.Ending {
        .again(notBefore: task.attempts + 1 < Self.eagerAttempts ? nil : clock.now.advanced(by: Self.day))
    }

    private func refuse(_ task: MediaTask, _ availability: MediaAvailability) async throws -> Result {
        switch availability {
        case .available: return Result()
        case .pending(let reason):
            // Each asking leaves its trace, so a file that is late is not asked for by every run of a busy day.
            let notBefore = offer.auditCost > 0 ? clock.now.advanced(by: Self.hour) : nil
            try await settle(task, .pending, reason, .again(notBefore: notBefore))
        case .forbidden(let reason):
            return try await withdraw(task, .forbidden, reason)
        case .gone(let reason): return try await withdraw(task, .gone, reason)
        }
        return Result()
    }

    private func fail(_ task: MediaTask, _ failure: TapedeckError) async throws -> Result {
        try await settle(task, .failed, failure.reason, retry(task))
        return Result(failure: failure)
    }
}
