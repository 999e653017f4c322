import FileSinks
import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import Testing

/// Repairs of a scenario's archive.
extension Scenario {
    var ledgerPath: String { archive.directory.appending(path: "tapedeck.db").path }

    /// The sink that the archive is written with.
    var jsonLines: JSONLinesSink {
        JSONLinesSink(directory: archive.directory.appending(path: "out").path, relativeTo: archive.directory.path)
    }

    var csv: CSVSink {
        CSVSink(directory: archive.directory.appending(path: "csv").path, relativeTo: archive.directory.path)
    }

    /// One repair, as the command does it.
    func repair(_ request: RepairRequest = RepairRequest(), sinks: [any Sink]? = nil) async throws -> RepairReport {
        let ledger = try SQLiteLedgerRepair(
            path: ledgerPath,
            holder: LedgerHolder(command: "test", since: clock.now),
            isDryRun: request.isDryRun
        )
        do {
            let repair = LedgerRepair(ledger: ledger, sinks: sinks ?? [jsonLines], clock: clock)
            let report = try await repair.perform(request)
            await ledger.close()
            return report
        } catch {
            await ledger.close()
            throw error
        }
    }

    func file(_ name: String) -> URL { archive.directory.appending(path: name) }

    /// The names of what lies in the archive's folder.
    func names(in folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(folder).path).sorted()
    }

    /// The lines of a file of records.
    func lines(_ kind: RecordKind) throws -> [String] {
        try archive.contents(of: kind).split(separator: "\n").map(String.init)
    }

    func write(_ lines: [String], as kind: RecordKind) throws {
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file("out/\(kind.rawValue).jsonl"))
    }

    /// Overwrites bytes of the ledger.
    func damageLedger(_ range: Range<Int>) throws {
        var bytes = try Data(contentsOf: file("tapedeck.db"))
        let range = range.clamped(to: 0..<bytes.count)
        bytes.replaceSubrange(range, with: Data(repeating: 0xA5, count: range.count))
        try bytes.write(to: file("tapedeck.db"))
    }

    /// Everything that lies in the archive's folder, to see that nothing was changed.
    func contents() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try names() + (try names(in: "out").map { "out/" + $0 }) {
            contents[name] = try? Data(contentsOf: file(name))
        }
        contents["tapedeck.db.lock"] = nil
        return contents
    }
}
