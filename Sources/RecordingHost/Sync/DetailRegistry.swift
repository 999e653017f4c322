import Synchronization

/// Knows which recordings' access events are being read or could not be read in this run of a source.
///
/// Several listings can return the same recording; the first of them reads its access events, and the others learn from here how
/// that ended, because none of them is complete without. Safe to use from any task.
final class DetailRegistry: Sendable {
    private struct Entry {
        /// How many readings may be about to read the events, or are reading them.
        var readings = 0
        /// What the last reading failed with; nil when none has failed, or one succeeded after it.
        var failure: (any Error)?
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let tickets = Atomic(0)

    /// Notes that recordings may be read from now on: before it is asked which of them are.
    func begin(_ recordingIDs: some Sequence<String>) {
        entries.withLock { entries in
            for id in recordingIDs { entries[id, default: Entry()].readings += 1 }
        }
    }

    /// Takes back what was begun for a recording: its events are read by another reading, or need none.
    func release(_ recordingIDs: some Sequence<String>) {
        for id in recordingIDs { end(id) { _ in } }
    }

    /// Notes how reading a recording's events ended.
    ///
    /// - Parameter failure: why they could not be read; nil when they were.
    func end(_ recordingID: String, failure: (any Error)?) { end(recordingID) { $0.failure = failure } }

    /// Whether the recording's events are being read, or could not be read.
    func isOpen(_ recordingID: String) -> Bool { entries.withLock { $0[recordingID] != nil } }

    /// Waits until nobody reads the recording's events any more; ends at once when the task is cancelled.
    ///
    /// - Returns: why they could not be read; nil when they were.
    func outcome(of recordingID: String) async -> (any Error)? {
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = entries.withLock { entries in
                    guard !Task.isCancelled, let entry = entries[recordingID], entry.readings > 0 else { return true }
                    entries[recordingID]?.waiting[ticket] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            entries.withLock { $0[recordingID]?.waiting.removeValue(forKey: ticket) }?.resume()
        }
        let (failure, isOpen) = entries.withLock { ($0[recordingID]?.failure, ($0[recordingID]?.readings ?? 0) > 0) }
        return failure ?? (isOpen && Task.isCancelled ? CancellationError() : nil)
    }

    private func end(_ recordingID: String, _ change: (inout Entry) -> Void) {
        let waiting = entries.withLock { entries -> [Int: CheckedContinuation<Void, Never>] in
            guard var entry = entries.removeValue(forKey: recordingID) else { return [:] }
            entry.readings -= 1
            change(&entry)
            let waiting = entry.readings == 0 ? entry.waiting : [:]
            if entry.readings == 0 { entry.waiting = [:] }
            // What was read and is waited for by nobody is not remembered: the ledger knows it.
            if entry.readings > 0 || entry.failure != nil { entries[recordingID] = entry }
            return waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }
}
