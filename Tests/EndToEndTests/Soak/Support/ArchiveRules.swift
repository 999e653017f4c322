import RawJSON

/// What `status`, `verify` and `repair --dry-run` may say after a run.
struct ArchiveRules {
    /// Whether the last run was cut off, so that files may be ahead of the ledger.
    let wasCut: Bool

    func problems(ofStatus result: WatchedProcess.Result) -> [String] {
        guard result.exitCode == 0, answer(result) != nil else {
            return ["status ended with \(result.exitCode ?? -1): \(result.text.suffix(300))"]
        }
        return []
    }

    /// Nothing that was stored is ever missing or changed; a run that was cut may leave what no line names yet.
    func problems(ofVerify result: WatchedProcess.Result) -> [String] {
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
    func problems(ofRepair result: WatchedProcess.Result) -> [String] {
        guard let output = answer(result), result.exitCode == 0 else {
            return ["repair --dry-run ended with \(result.exitCode ?? -1): \(result.text.suffix(500))"]
        }
        guard wasCut || output["healthy"]?.boolean == true else {
            return ["repair would change something: \(result.standardOutput.prefix(600))"]
        }
        return []
    }

    private func answer(_ result: WatchedProcess.Result) -> JSONValue? {
        try? JSONDocument(parsing: Array(result.standardOutput.utf8)).root
    }
}
