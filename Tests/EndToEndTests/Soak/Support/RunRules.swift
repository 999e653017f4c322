import Foundation
import RawJSON

/// What a run may end with, whatever has happened to it.
struct RunRules {
    let turn: SoakTurn

    /// The codes that `sync` is documented with, and that a right configuration can bring about.
    private static let codes: Set<Int32> = [0, 1, 2, 75, 77, 143]

    func problems(of result: WatchedProcess.Result) -> [String] {
        if let signal = result.signal {
            let wasKilled = signal == SIGKILL && turn.mayBeKilled && result.lengthAfterSignal < .seconds(5)
            // Until it listens to the signal, that ends it as it ends any process.
            let hadNotBegun = signal == SIGTERM && result.sent == [SIGTERM] && result.length < .seconds(2)
            return wasKilled || hadNotBegun ? [] : ["signal \(signal) ended it: \(result.standardError.suffix(500))"]
        }
        guard let code = result.exitCode, Self.codes.contains(code) else {
            return ["exit code \(result.exitCode ?? -1) is not documented for it: \(result.text.suffix(500))"]
        }
        return signalProblems(result, code) + causeProblems(result, code) + outputProblems(result, code)
    }

    private func signalProblems(_ result: WatchedProcess.Result, _ code: Int32) -> [String] {
        var problems: [String] = []
        if result.lengthAfterSignal > .seconds(8) {
            problems.append("went on for \(result.lengthAfterSignal) when asked to end")
        }
        if code == 143, !result.sent.contains(SIGTERM) {
            problems.append("says that a signal ended it, and none was sent")
        }
        return problems
    }

    /// Whether the code has a cause in what was done to the run.
    private func causeProblems(_ result: WatchedProcess.Result, _ code: Int32) -> [String] {
        if turn.isCalm, !result.sent.isEmpty {
            return ["does not come to its end by itself: \(result.text.suffix(500))"]
        }
        if turn.isCalm, ![0, 2].contains(code) {
            return ["exit code \(code) without any cause: \(result.text.suffix(500))"]
        }
        let mayFailFiles = turn.trouble != nil || turn.locksDatabase
        if result.text.contains("sink_failed") || result.text.contains("ledger_failed"), !mayFailFiles {
            return ["files failed without any cause: \(result.text.suffix(500))"]
        }
        if code == 77, !turn.faults.touchesCredentials, turn.trouble == nil {
            return ["credentials were rejected without any cause: \(result.text.suffix(500))"]
        }
        return []
    }

    /// Whether what it says for machines agrees with the code.
    private func outputProblems(_ result: WatchedProcess.Result, _ code: Int32) -> [String] {
        guard !result.standardOutput.isEmpty else {
            // The deadline after a signal ends the process without a word.
            return code == 143 || result.standardError.contains("error") || code != 0 ? [] : ["said nothing"]
        }
        guard let output = try? JSONDocument(parsing: Array(result.standardOutput.utf8)).root else {
            return ["its output is no JSON: \(result.standardOutput.suffix(300))"]
        }
        var problems: [String] = []
        if output["exit_code"]?.integer != Int64(code), code != 143 {
            problems.append("ended with \(code) and says \(output["exit_code"]?.integer ?? -1)")
        }
        let sources = output["sources"].map { Array($0.elements) } ?? []
        let states = sources.compactMap { $0["state"]?.string }
        let failures = sources.reduce(0) { $0 + ($1["failures"]?.elements.count ?? 0) }
        if code == 0, states != ["complete", "complete"] || failures > 0 || output["failure"]?.isNull == false {
            problems.append("ended with 0 and says \(states) with \(failures) failures")
        }
        if code == 2, states == ["complete", "complete"] {
            problems.append("ended with 2 and says that all is complete")
        }
        return problems
    }
}
