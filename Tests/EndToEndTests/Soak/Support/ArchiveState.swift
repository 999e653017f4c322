import Foundation

/// What the program itself says of its archive between two runs.
struct ArchiveState {
    let site: SoakSite
    /// Whether the last run was cut off, so that files may be ahead of the ledger.
    let wasCut: Bool

    private var rules: ArchiveRules { ArchiveRules(wasCut: wasCut) }

    func problems() async throws -> [String] {
        // A run may have been killed before it had made anything.
        guard exists("tapedeck.db"), exists("media/manifest.jsonl"), exists("out/recordings.jsonl") else { return [] }
        let status = try await site.run(["status", "--json", "--config", "tapedeck.json5"])
        let verify = try await site.run(["verify", "--json", "--config", "tapedeck.json5"])
        let repair = try await site.run(["repair", "--dry-run", "--json", "--config", "tapedeck.json5"])
        return [("status", status), ("verify", verify), ("repair", repair)].flatMap { name, result in
            (result.signal.map { ["\(name): signal \($0)"] } ?? []) + Leaks.problems(in: result.text, of: name)
        } + rules.problems(ofStatus: status) + rules.problems(ofVerify: verify) + rules.problems(ofRepair: repair)
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: site.data.appending(path: path).path)
    }
}
