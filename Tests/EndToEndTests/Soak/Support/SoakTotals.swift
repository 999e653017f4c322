import Foundation
import PlatformSimulator

/// What came of a soak so far.
struct SoakTotals: Sendable {
    var turns = 0
    /// Runs that were killed at a moment, and those that ended at a call that changes a file.
    var kills = 0
    var crashes = 0
    var terminations = 0
    var unplugs = 0
    /// Runs whose files failed or whose database was locked, and those runs that say that a sink or the ledger failed.
    var fileTroubles = 0
    var sinkFailures = 0
    var ledgerFailures = 0
    var exitCodes: [String: Int] = [:]
    var growth = Growth()
    var records = 0
    /// Records of both archives that were held against the platforms or another sink.
    var comparedRecords = 0
    var mediaFiles = 0
    var mediaBytes = 0
    /// What was done wrong to copies at the end and noticed.
    var wrongsNoticed = 0

    mutating func add(_ turn: SoakTurn, _ result: WatchedProcess.Result) {
        turns += 1
        if result.signal == SIGKILL {
            if result.sent.contains(SIGKILL) { kills += 1 } else { crashes += 1 }
        }
        if result.sent.contains(SIGTERM) { terminations += 1 }
        if case .unplugged = turn.ending { unplugs += 1 }
        if turn.trouble?.mode.ends == false || turn.locksDatabase { fileTroubles += 1 }
        if result.text.contains("sink_failed") { sinkFailures += 1 }
        if result.text.contains("ledger_failed") { ledgerFailures += 1 }
        let name = result.signal.map { "signal \($0)" } ?? String(result.exitCode ?? -1)
        exitCodes[name, default: 0] += 1
        // A run that was killed at once says nothing of what runs need.
        if result.length > .seconds(1) {
            growth.memory.append(result.peakMemory)
            growth.descriptors.append(result.peakDescriptors)
        }
    }

    mutating func add(_ finding: SoakComparison.Finding) {
        comparedRecords += finding.comparedRecords
        mediaFiles += finding.mediaFiles
        mediaBytes += finding.mediaBytes
    }

    /// One line for those who wait.
    func line(_ statistics: SimulatorStatistics, ahead: Int64) -> String {
        let faults = statistics.faults.values.reduce(0, +) + statistics.media.faults.values.reduce(0, +)
        return "\(turns) runs, \(kills + crashes) killed, \(faults) faults in "
            + "\(statistics.requests + statistics.media.requests) requests, \(sinkFailures) failures of sinks, "
            + "\(records) records, \(ahead / 86_400) days"
    }

    /// What it came to, line for line.
    func summary(_ statistics: SimulatorStatistics) -> [String] {
        [
            "runs: \(turns), of which \(kills) killed at a random moment, \(crashes) at a call on a file, "
                + "\(terminations) asked to end, \(unplugs) with the servers away",
            "ended with: \(list(exitCodes.map { ($0.key, $0.value) }))",
            "files that fail: in \(fileTroubles) runs; "
                + "\(sinkFailures) runs say that a sink failed, \(ledgerFailures) that the ledger did",
            "requests: \(statistics.requests), and \(statistics.media.requests) for files",
            "faults: \(list(statistics.faults.map { ($0.key.rawValue, $0.value) }))",
            "faults of files: \(list(statistics.media.faults.map { ($0.key, $0.value) }))",
            "archives: \(records) lines of the program; of both, \(comparedRecords) records in all sinks and "
                + "\(mediaFiles) files with \(mediaBytes) bytes are those of the platforms",
            "checks: \(wrongsNoticed) wrongs, each done to a copy of an archive, were noticed",
        ]
    }

    private func list(_ counts: [(String, Int)]) -> String {
        let all = counts.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return "\(all) (\(counts.reduce(0) { $0 + $1.1 }) in all)"
    }
}
