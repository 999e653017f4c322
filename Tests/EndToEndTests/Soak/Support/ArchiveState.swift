import Foundation
import RawJSON

/// What the program itself says of its archive between two runs.
struct ArchiveState {
    let site: SoakSite
    /// Whether the last run was cut off, so that files may be ahead of the ledger.
    let wasCut: Bool

    func problems() async throws -> [String] {
        // A run may have been killed before it had made anything.
        guard exists("tapedeck.db"), exists("media/manifest.jsonl"), exists("out/recordings.jsonl") else { return [] }
        let status = try await site.run(["status", "--json", "--config", "tapedeck.json5"])
        let verify = try await site.run(["verify", "--json", "--config", "tapedeck.json5"])
        let repair = try await site.run(["repair", "--dry-run", "--json", "--config", "tapedeck.json5"])
        return [("status", status), ("verify", verify), ("repair", repair)].flatMap { name, result in
            (result.signal.map { ["\(name): signal \($0)"] } ?? []) + Leaks.problems(in: result.text, of: name)
        } + statusProblems(status) + verifyProblems(verify) + repairProblems(repair)
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: site.data.appending(path: path).path)
    }

    private func answer(_ result: WatchedProcess.Result) -> JSONValue? {
        try? JSONDocument(parsing: Array(result.standardOutput.utf8)).root
    }

    func statusProblems(_ result: WatchedProcess.Result) -> [String] {
        guard result.exitCode == 0, answer(result) != nil else {
            return ["status ended with \(result.exitCode ?? -1): \(result.text.suffix(300))"]
        }
        return []
    }

    /// Nothing that was stored is ever missing or changed; a run that was cut may leave what no line names yet.
    func verifyProblems(_ result: WatchedProcess.Result) -> [String] {
        guard let output = answer(result), [0, 1].contains(result.exitCode ?? -1) else {
            return ["verify ended with \(result.exitCode ?? -1): \(result.text.suffix(300))"]
        }
        let allowed: Set<String> = wasCut ? ["extra", "remaining"] : []
        var problems: [String] = []
        for name in ["missing", "changed", "unreadable", "remaining", "extra"] where !allowed.contains(name) {
            let count = output["finding_counts"]?[name]?.integer ?? -1
            if count != 0 { problems.append("verify finds \(count) files \(name)") }
        }
        let breaks = output["chain_problem_count"]?.integer ?? -1
        if breaks > (wasCut ? 1 : 0) || breaks < 0 { problems.append("verify finds \(breaks) breaks of the chain") }
        return problems
    }

    /// A run that came to its end leaves nothing to repair; after any other there is at least nothing that is lost.
    func repairProblems(_ result: WatchedProcess.Result) -> [String] {
        guard let output = answer(result), result.exitCode == 0 else {
            return ["repair --dry-run ended with \(result.exitCode ?? -1): \(result.text.suffix(500))"]
        }
        guard wasCut || output["healthy"]?.boolean == true else {
            return ["repair would change something: \(result.standardOutput.prefix(600))"]
        }
        return []
    }
}
