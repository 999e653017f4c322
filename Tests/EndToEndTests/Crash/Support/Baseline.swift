import Foundation
import PlatformSimulator

/// What an undisturbed run leaves and asks for: what every other one is held to.
struct Baseline: Sendable {
    let lines: [String]
    let pages: PageCount
    /// Calls that changed files, as the log shows them: number, name, path, bytes.
    let calls: [String]

    /// Runs `job` undisturbed.
    static func of(_ job: CrashJob) async throws -> Baseline {
        try await CrashSite.with(job) { site in
            let log = site.folder.appending(path: "calls")
            let result = try await site.sync(at: CrashPoint(mode: .count), log: log)
            guard result.exitCode == 0 else { throw SinkKind.Damage("undisturbed: \(result.text)") }
            guard try site.differencesAmongSinks() == [] || job.prepare != nil else {
                throw SinkKind.Damage("undisturbed: \(try site.differencesAmongSinks())")
            }
            return Baseline(
                lines: try site.lines(),
                pages: PageCount(site.simulator.takeRequests()),
                calls: try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
            )
        }
    }

    /// What is wrong with a site after a run that was to put everything right; empty when it is as if nothing had happened.
    func problems(of site: CrashSite, after result: Tool.Result) async throws -> [String] {
        guard result.exitCode == 0 else {
            return ["the last run ended with \(result.exitCode ?? -1), signal \(result.signal ?? 0): \(result.text)"]
        }
        do {
            return try differences(site.lines()) + (try await site.ledgerProblems())
        } catch {
            return ["\(error)"]
        }
    }

    private func differences(_ actual: [String]) -> [String] {
        guard actual != lines else { return [] }
        var counts: [String: Int] = [:]
        for line in lines { counts[line, default: 0] += 1 }
        for line in actual { counts[line, default: 0] -= 1 }
        let missing = counts.filter { $0.value > 0 }.keys.sorted()
        let excess = counts.filter { $0.value < 0 }.keys.sorted()
        return ["\(missing.count) lines missing, \(excess.count) too much of \(lines.count)"]
            + missing.prefix(1).map { "missing \($0.prefix(200))" }
            + excess.prefix(1).map { "too much \($0.prefix(200))" }
    }
}
