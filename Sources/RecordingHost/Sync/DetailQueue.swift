import RecordingKit
import Synchronization

/// The recordings of one listing whose access events are to be read: they wait here for a reader that is free.
///
/// The listing's own task waits for room and puts them in, its readers take them out until it is closed. A recording that waits
/// costs its own few hundred bytes; a reader costs some kilobytes, so there are only as many as can be of use. Safe to use from
/// any task.
final class DetailQueue: Sendable {
    private struct State {
        /// The first `taken` have been taken out.
        var waiting: [DetailTask] = []
        var taken = 0
        /// Put in and not finished.
        var underWay = 0
        var isClosed = false
        var idle: [CheckedContinuation<DetailTask?, Never>] = []
        var owner: CheckedContinuation<Void, Never>?
        var failure: (any Error)?
        var ending: (any Error)?

        func hasRoom(for count: Int, _ capacity: Int) -> Bool { underWay == 0 || underWay + count <= capacity }

        mutating func takeFirst() -> DetailTask? {
            guard taken < waiting.count else { return nil }
            defer {
                taken += 1
                if taken == waiting.count {
                    waiting.removeAll(keepingCapacity: true)
                    taken = 0
                }
            }
            return waiting[taken]
        }
    }

    /// How many may be under way before the listing's task has to wait.
    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    /// What the first that failed has failed with.
    var failure: (any Error)? { state.withLock(\.failure) }

    /// Waits until there is room for so many more; into an empty queue any number may be put.
    ///
    /// For the listing's task alone.
    ///
    /// - Throws: what one has failed with that leaves no hope for the others.
    func makeRoom(for count: Int) async throws {
        while try !hasRoom(for: count) {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard state.ending == nil, !state.hasRoom(for: count, capacity) else { return false }
                    state.owner = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        }
    }

    private func hasRoom(for count: Int) throws -> Bool {
        try state.withLock { state in
            if let ending = state.ending { throw ending }
            return state.hasRoom(for: count, capacity)
        }
    }

    /// Puts recordings in.
    func put(_ tasks: [DetailTask]) {
        let handed = state.withLock { state in
            state.underWay += tasks.count
            state.waiting += tasks
            var handed: [(CheckedContinuation<DetailTask?, Never>, DetailTask)] = []
            while !state.idle.isEmpty, let task = state.takeFirst() { handed.append((state.idle.removeLast(), task)) }
            return handed
        }
        for (reader, task) in handed { reader.resume(returning: task) }
    }

    /// Notes recordings that take room here and are read by others.
    func noteReadElsewhere(_ count: Int) { state.withLock { $0.underWay += count } }

    /// The next recording to be read; waits for one, and is nil when there will be none.
    func next() async -> DetailTask? {
        await withCheckedContinuation { continuation in
            let next = state.withLock { state -> DetailTask?? in
                if let task = state.takeFirst() { return .some(task) }
                if state.isClosed { return .some(nil) }
                state.idle.append(continuation)
                return nil
            }
            if let next { continuation.resume(returning: next) }
        }
    }

    /// Notes how it ended for one recording.
    func finish(_ failure: (any Error)?) {
        let owner = state.withLock { state in
            state.underWay -= 1
            state.failure = state.failure ?? failure
            if let failure, StopReason.endsSource(failure, hasSucceeded: true) {
                state.ending = state.ending ?? failure
            }
            defer { state.owner = nil }
            return state.owner
        }
        owner?.resume()
    }

    /// Nothing more is put in: readers end when they have taken out what is there.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for reader in idle { reader.resume(returning: nil) }
    }

    /// Takes out what no reader has taken.
    func removeRemaining() -> [DetailTask] {
        state.withLock { state in
            defer {
                state.waiting = []
                state.taken = 0
            }
            return Array(state.waiting[state.taken...])
        }
    }
}
