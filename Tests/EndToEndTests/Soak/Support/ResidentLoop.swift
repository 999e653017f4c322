import Foundation
import Synchronization

/// Keeps the host that stays busy from a thread of its own, and remembers what it was between its runs.
final class ResidentLoop: Sendable {
    private let state = Mutex(State())
    private let hasEnded = DispatchSemaphore(value: 0)

    private struct State {
        var rounds: [ResidentProcess.Round] = []
        var problem: String?
        var isEnding = false
        /// When the run that is under way began.
        var began = ContinuousClock.now
    }

    init(_ resident: ResidentProcess, _ site: SoakSite) {
        Thread.detachNewThread { [self] in
            while !state.withLock({ $0.isEnding || $0.problem != nil }) { round(resident, site) }
            hasEnded.signal()
        }
    }

    private func round(_ resident: ResidentProcess, _ site: SoakSite) {
        do {
            let number = state.withLock { state in
                state.began = .now
                return state.rounds.count
            }
            guard let round = try resident.round(site, parallel: 1 + number % 8, limit: .seconds(20)) else {
                state.withLock { $0.problem = "it has gone" }
                return
            }
            state.withLock { state in
                state.rounds.append(round)
                if round.answer.hasPrefix("threw") { state.problem = round.answer }
            }
        } catch {
            state.withLock { $0.problem = "\(error)" }
        }
        // It is not to take the processors from the runs of the program.
        Thread.sleep(forTimeInterval: 1)
    }

    /// What went wrong with it, or nil.
    var problem: String? {
        state.withLock { state in
            if state.problem == nil, state.began.duration(to: .now) > .seconds(120) {
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

    /// Lets the last run end.
    @discardableResult
    func end() -> [ResidentProcess.Round] {
        state.withLock { $0.isEnding = true }
        hasEnded.wait()
        return state.withLock { $0.rounds }
    }
}
