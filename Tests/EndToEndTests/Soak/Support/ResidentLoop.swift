import Foundation
import Synchronization

/// Keeps the host that stays busy from a thread of its own, and remembers what it was between its runs.
final class ResidentLoop: Sendable {
    /// Performs a run by its number and blocks until it has ended, with nil when the process has gone.
    typealias Run = @Sendable (Int) throws -> ResidentProcess.Round?

    private let state = Mutex(State())
    private let hasEnded = DispatchSemaphore(value: 0)
    private let longest: Duration

    private struct State {
        var rounds: [ResidentProcess.Round] = []
        var problem: String?
        var isEnding = false
        /// When the run that is under way began.
        var began: ContinuousClock.Instant?
    }

    /// Begins.
    ///
    /// - Parameters:
    ///   - pause: between two runs, so that they do not take the processors from the runs of the program.
    ///   - longest: how long a run may take before it counts as one that never ends.
    init(pause: TimeInterval = 1, longest: Duration = .seconds(120), _ run: @escaping Run) {
        self.longest = longest
        Thread.detachNewThread { [self] in
            repeat {
                perform(run)
                Thread.sleep(forTimeInterval: pause)
            } while !state.withLock({ $0.isEnding || $0.problem != nil })
            hasEnded.signal()
        }
    }

    private func perform(_ run: Run) {
        let number = state.withLock { state in
            state.began = .now
            return state.rounds.count
        }
        let result = Result { try run(number) }
        state.withLock { state in
            state.began = nil
            switch result {
            case .success(let round?):
                state.rounds.append(round)
                if round.answer.hasPrefix("threw") { state.problem = round.answer }
            case .success(nil): state.problem = "it has gone"
            case .failure(let error): state.problem = "\(error)"
            }
        }
    }

    /// What went wrong with it, or nil.
    var problem: String? {
        state.withLock { state in
            if state.problem == nil, let began = state.began, began.duration(to: .now) > longest {
                return "it does not end when asked to"
            }
            return state.problem
        }
    }

    /// How it is.
    var line: String {
        state.withLock { state in
            guard let last = state.rounds.last else { return "the host that stays has not ended a run" }
            return "the host that stays: \(state.rounds.count) runs, \(last.sample.memory / 1_024) MB, "
                + "\(last.sample.descriptors) descriptors, last \(last.answer)"
        }
    }

    /// Lets the last run end, and says what it was after each.
    @discardableResult
    func end() -> [ResidentProcess.Round] {
        state.withLock { $0.isEnding = true }
        hasEnded.wait()
        return state.withLock { $0.rounds }
    }
}
