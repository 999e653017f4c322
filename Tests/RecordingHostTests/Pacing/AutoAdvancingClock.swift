import RecordingHost
import RecordingKit
import Synchronization

/// A clock on which time passes only by sleeping: a sleeper moves the time to its deadline, after letting the others go first.
///
/// A sleeper waits its turn by yielding until no earlier deadline is asked for, so that sleepers wake in the order of their
/// deadlines.
final class AutoAdvancingClock: HostClock {
    private struct State {
        var time: Duration = .zero
        var nextSleeper = 0
        var deadlines: [Int: Duration] = [:]
    }

    private let state = Mutex(State())

    var now: Timestamp { Timestamp(secondsSince1970: 1_790_000_000).advanced(by: uptime) }

    var uptime: Duration { state.withLock(\.time) }

    func sleep(until deadline: Duration) async throws {
        let id = state.withLock { state in
            state.nextSleeper += 1
            state.deadlines[state.nextSleeper] = deadline
            return state.nextSleeper
        }
        defer { _ = state.withLock { $0.deadlines.removeValue(forKey: id) } }
        for _ in 0..<20 {
            await Task.yield()
            try Task.checkCancellation()
        }
        while !wakes(id, at: deadline) {
            await Task.yield()
            try Task.checkCancellation()
        }
    }

    private func wakes(_ id: Int, at deadline: Duration) -> Bool {
        state.withLock { state in
            if state.time >= deadline { return true }
            guard state.deadlines.allSatisfy({ $0.value >= deadline }) else { return false }
            state.time = deadline
            return true
        }
    }
}
