import Foundation

/// What must be nowhere but in the records.
enum Leaks {
    static func problems(
        in text: String,
        of what: String,
        _ canaries: [String] = SoakSite.secrets + SoakSite.people
    )
        -> [String]
    {
        canaries.filter { text.contains($0) }.map { "\(what) holds \($0)" }
    }

    /// The ledger keeps tokens that were renewed and the addresses of hosts, and no other secret, title or name.
    static func problems(inLedgerOf data: URL) throws -> [String] {
        let canaries = SoakSite.secrets.filter { !$0.hasSuffix("-") } + SoakSite.names
        return try ["tapedeck.db", "tapedeck.db-wal"].flatMap { name -> [String] in
            let file = data.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { return [] }
            return problems(in: String(decoding: try Data(contentsOf: file), as: UTF8.self), of: name, canaries)
        }
    }
}
