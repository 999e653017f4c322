import Foundation
import PlatformSimulator

/// What came of a soak so far.
struct SoakTotals: Sendable {
    var turns = 0
    var kills = 0
    var terminations = 0
    var unplugs = 0
    var fileTroubles = 0
    var exitCodes: [String: Int] = [:]
    /// Kilobytes and descriptors of each run that came far enough.
    var memory: [Int] = []
    var descriptors: [Int] = []
    var records = 0
    var mediaFiles = 0
    var mediaBytes = 0

    mutating func add(_ turn: SoakTurn, _ result: WatchedProcess.Result) {
        turns += 1
        if result.signal == SIGKILL { kills += 1 }
        if result.sent.contains(SIGTERM) { terminations += 1 }
        if case .unplugged = turn.ending { unplugs += 1 }
        if turn.trouble != nil || turn.locksDatabase { fileTroubles += 1 }
        let name = result.signal.map { "signal \($0)" } ?? String(result.exitCode ?? -1)
        exitCodes[name, default: 0] += 1
        // A run that was killed at once says nothing of what runs need.
        if result.length > .seconds(1) {
            memory.append(result.peakMemory)
            descriptors.append(result.peakDescriptors)
        }
    }

    /// One line for those who wait.
    func line(_ statistics: SimulatorStatistics, ahead: Int64) -> String {
        let faults = statistics.faults.values.reduce(0, +) + statistics.media.faults.values.reduce(0, +)
        return
            "\(turns) runs, \(kills) kills, \(terminations) terminations, \(unplugs) unplugs, \(fileTroubles) with files "
            + "that fail, \(statistics.requests) requests, \(statistics.media.requests) for files, \(faults) faults, "
            + "\(records) records, \(ahead / 86_400) days, at most \((memory.max() ?? 0) / 1_024) MB and "
            + "\(descriptors.max() ?? 0) descriptors"
    }

    func summary(_ statistics: SimulatorStatistics) -> [String] {
        func list(_ counts: [(String, Int)]) -> String {
            counts.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        }
        return [
            "ended with: \(list(exitCodes.map { ($0.key, $0.value) }))",
            "faults: \(list(statistics.faults.map { ($0.key.rawValue, $0.value) }))",
            "faults of files: \(list(statistics.media.faults.map { ($0.key, $0.value) }))",
            "archive: \(records) lines, \(mediaFiles) files with \(mediaBytes) bytes",
        ]
    }
}
