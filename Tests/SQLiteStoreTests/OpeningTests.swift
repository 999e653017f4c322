import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("Opening a ledger")
struct OpeningTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("The database and the files beside it are readable by their owner alone")
    func permissions() async throws {
        let ledger = try folder.open()
        _ = try await ledger.beginRun(at: try time("2026-03-01T10:00:00Z"))
        for suffix in ["", "-wal", "-shm", ".lock"] {
            #expect(try folder.permissions("tapedeck.db\(suffix)") == 0o600, "\(suffix)")
        }
        await ledger.close()
    }

    @Test("A ledger that others could read is closed to them")
    func tightens() async throws {
        await (try folder.open()).close()
        for name in ["tapedeck.db", "tapedeck.db.lock"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path(name))
        }
        let ledger = try folder.open()
        for suffix in ["", "-wal", "-shm", ".lock"] {
            #expect(try folder.permissions("tapedeck.db\(suffix)") == 0o600, "\(suffix)")
        }
        await ledger.close()
    }

    @Test("A missing folder is named as the reason, and none is made")
    func missingFolder() async throws {
        let error = await failure { try folder.open("missing/tapedeck.db") }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("folder") == true)
        #expect(!FileManager.default.fileExists(atPath: folder.path("missing")))
    }

    @Test("A folder in the place of the ledger is refused")
    func folderAsLedger() async throws {
        try FileManager.default.createDirectory(atPath: folder.path("tapedeck.db"), withIntermediateDirectories: false)
        #expect(await failure { try folder.open() }?.code == .ledgerFailed)
    }

    @Test("A file that is not SQLite is refused and left as it is")
    func notSQLite() async throws {
        let text = Array(String(repeating: "a patient's letter\n", count: 100).utf8)
        try folder.write(text, to: "tapedeck.db")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path("tapedeck.db"))
        for error in [
            await failure { try folder.open() },
            await failure { try SQLiteLedger.openForReading(path: folder.path("tapedeck.db")) },
        ] {
            #expect(error?.code == .ledgerFailed)
            #expect(error?.reason.contains("SQLITE_NOTADB") == true)
            #expect(error?.reason.contains("if it was the ledger, run `tapedeck repair`") == true)
        }
        #expect(try folder.bytes("tapedeck.db") == text)
        #expect(try folder.permissions("tapedeck.db") == 0o640)
    }

    @Test("Another program's database is refused and left as it is")
    func foreignDatabase() async throws {
        try folder.write([], to: "tapedeck.db")
        do {
            let connection = try SQLiteConnection(path: folder.path("tapedeck.db"), readOnly: false)
            try connection.execute("CREATE TABLE patients (name TEXT); PRAGMA user_version = 1")
        }
        let before = try folder.bytes("tapedeck.db")
        let error = await failure { try folder.open() }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("not a Tapedeck ledger") == true)
        #expect(try folder.bytes("tapedeck.db") == before)
    }

    @Test("A ledger of a newer program is refused and left as it is, for writing and for reading")
    func newerVersion() async throws {
        await (try folder.open()).close()
        do {
            let connection = try SQLiteConnection(path: folder.path("tapedeck.db"), readOnly: false)
            try connection.execute("PRAGMA user_version = 99")
        }
        let before = try folder.bytes("tapedeck.db")
        for error in [
            await failure { try folder.open() },
            await failure { try SQLiteLedger.openForReading(path: folder.path("tapedeck.db")) },
        ] {
            #expect(error?.code == .ledgerFailed)
            #expect(error?.reason.contains("version 99") == true)
        }
        #expect(try folder.bytes("tapedeck.db") == before)
    }

    @Test("A ledger that was cut short is refused as damaged and left as it is")
    func truncated() async throws {
        await (try folder.open()).close()
        let half = try folder.bytes("tapedeck.db").prefix(3 * 4_096 + 100)
        try folder.write(half, to: "tapedeck.db")
        let error = await failure { try folder.open() }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("SQLITE_CORRUPT") == true)
        #expect(error?.reason.contains("run `tapedeck repair`") == true)
        // An older ledger is refused by the sinks.
        #expect(error?.reason.contains("backup") == false)
        #expect(try folder.bytes("tapedeck.db") == Array(half))
    }

    @Test("What was committed is there after a process that never closed the ledger")
    func killed() async throws {
        let ledger = try folder.open()
        var changes = LedgerChanges()
        changes.recordings = [RecordingChange(source: "clinic", id: "r", entry: entry(1))]
        try await ledger.commit(changes)
        for suffix in ["", "-wal", ".lock"] {
            try folder.write(try folder.bytes("tapedeck.db\(suffix)"), to: "copy.db\(suffix)")
        }
        await ledger.close()
        #expect(try await folder.open("copy.db").knownRecordings(["r"], of: "clinic") == ["r": entry(1, number: 0)])
    }

    @Test("A ledger can be read while a run holds it, and cannot be written that way")
    func reading() async throws {
        let path = folder.path("tapedeck.db")
        #expect(await failure { try SQLiteLedger.openForReading(path: path) }?.code == .ledgerFailed)
        #expect(!FileManager.default.fileExists(atPath: path))
        let writer = try folder.open()
        let reader = try SQLiteLedger.openForReading(path: path)
        var changes = LedgerChanges()
        changes.recordings = [RecordingChange(source: "clinic", id: "r", entry: entry(1))]
        try await writer.commit(changes)
        #expect(try await reader.sourceStatuses().map(\.recordings) == [1])
        let error = await failure { try await reader.commit(changes) }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("SQLITE_READONLY") == true)
        await reader.close()
        #expect(await failure { try folder.open() }?.code == .ledgerBusy)
        await writer.close()
        let late = try SQLiteLedger.openForReading(path: path)
        #expect(try await late.sourceStatuses().map(\.recordings) == [1])
    }
}
