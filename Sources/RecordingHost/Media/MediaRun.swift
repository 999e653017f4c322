import RecordingKit

/// Fetches the media of one source: takes what the ledger says is wanted, while the listings are still finding more.
struct MediaRun: Sendable {
    let worker: MediaWorker
    let slots: MediaSlots
    let bell: MediaBell

    /// So many recordings are taken from the ledger at once.
    private static let tasksAtOnce = 64
    /// After so many failures of one kind in a row the rest is not tried.
    private static let failuresThatEndTheSource = 200

    /// How it ended.
    struct Ending: Sendable {
        var failures: [ListingFailure] = []
        /// What ended it before its end.
        var ending: TapedeckError?
        var wasStopped = false
    }

    private struct Tally {
        var ending = Ending()
        var lastFailure: TapedeckError.Code?
        var failuresInARow = 0
    }

    /// Fetches to the end; never throws.
    func run() async -> Ending {
        var tally = Tally()
        var place: Int64 = 0
        do {
            try await drain(&place, &tally)
            for await _ in bell.rings where tally.ending.ending == nil { try await drain(&place, &tally) }
            try Task.checkCancellation()
        } catch is CancellationError {
            tally.ending.wasStopped = true
        } catch {
            end(StopReason.failure(error), &tally)
        }
        if tally.ending.ending != nil { await countLeft() }
        return tally.ending
    }

    /// Deals with stored files of recordings that the platform does not list any more, once everything was listed.
    ///
    /// - Returns: why that could not be done; nil when it was.
    func withdrawUnlisted() async -> ListingFailure? {
        do {
            for (task, number) in try await worker.ledger.storedInParts(
                readBy: worker.origin.run,
                of: worker.origin.source
            )
            where await !worker.recorder.hasSeen(number, of: worker.origin.source) {
                _ = try await worker.withdraw(
                    task,
                    .gone,
                    "The platform does not list the recording any more.",
                    isSaid: false
                )
            }
            return nil
        } catch {
            return StopReason.describe(error)
        }
    }

    /// Tries every task that is there and has not been tried in this run.
    private func drain(_ place: inout Int64, _ tally: inout Tally) async throws {
        try await withThrowingTaskGroup(of: MediaWorker.Result.self) { group in
            var underWay = 0
            while tally.ending.ending == nil {
                let tasks = try await worker.tasks(after: place, limit: Self.tasksAtOnce)
                guard let last = tasks.last else { break }
                for task in tasks {
                    while underWay >= Self.tasksAtOnce / 2, let result = try await group.next() {
                        underWay -= 1
                        note(result, &tally)
                    }
                    guard tally.ending.ending == nil else { break }
                    // A link lives only for a while: it is asked for when there is room to use it.
                    try await slots.take()
                    underWay += 1
                    group.addTask {
                        defer { slots.give() }
                        return try await worker.work(on: task)
                    }
                }
                place = last.number
            }
            while let result = try await group.next() { note(result, &tally) }
        }
    }

    private func note(_ result: MediaWorker.Result, _ tally: inout Tally) {
        guard let failure = result.failure else {
            tally.lastFailure = nil
            tally.failuresInARow = 0
            return
        }
        let description = StopReason.describe(failure)
        if tally.ending.failures.count < 20, !tally.ending.failures.contains(description) {
            tally.ending.failures.append(description)
        }
        tally.failuresInARow = tally.lastFailure == failure.code ? tally.failuresInARow + 1 : 1
        tally.lastFailure = failure.code
        if result.endsSource || tally.failuresInARow >= Self.failuresThatEndTheSource { end(failure, &tally) }
    }

    private func end(_ failure: TapedeckError, _ tally: inout Tally) {
        guard tally.ending.ending == nil else { return }
        tally.ending.ending = failure
        let description = StopReason.describe(failure)
        tally.ending.failures = [description] + tally.ending.failures.filter { $0 != description }
    }

    private func countLeft() async {
        guard let standing = try? await worker.ledger.mediaStanding(of: worker.origin.source) else { return }
        worker.monitor.count { $0.media.left = standing.waiting }
    }
}
