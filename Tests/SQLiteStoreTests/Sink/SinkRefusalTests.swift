import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("Opening a database of records")
struct SinkRefusalTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func refusal(_ name: String = "recordings.db", _ position: SinkPosition? = nil) async -> TapedeckError? {
        let sink = folder.sink(name)
        let error = await failure { try await sink.recover(to: position) }
        await sink.close()
        return error
    }

    private func make() async throws -> SinkPosition {
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(RecordBatch((0..<500).map { try Sample.recording("r\($0)", title: "title \($0)") }))
        let position = try await sink.commit()
        await sink.close()
        return position
    }

    @Test("The database, the files beside it and a new folder are readable by their owner alone")
    func permissions() async throws {
        let sink = folder.sink("out/deep/recordings.db")
        _ = try await sink.recover(to: nil)
        try await sink.write(RecordBatch([try Sample.recording("a")]))
        _ = try await sink.commit()
        for suffix in ["", "-wal", "-shm", ".lock"] {
            #expect(try folder.permissions("out/deep/recordings.db\(suffix)") == 0o600, "\(suffix)")
        }
        #expect(try folder.permissions("out") == 0o700)
        #expect(try folder.permissions("out/deep") == 0o700)
        await sink.close()
    }

    @Test("A database that others could read is closed to them")
    func tightens() async throws {
        let position = try await make()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path("recordings.db"))
        #expect(await refusal("recordings.db", position) == nil)
        #expect(try folder.permissions("recordings.db") == 0o600)
    }

    @Test(
        "A symbolic link is refused, whether it leads to a database, nowhere, or to another file",
        arguments: [0, 1, 2]
    )
    func symbolicLink(target: Int) async throws {
        let position = try await make()
        if target == 2 { try folder.write("text".utf8, to: "notes") }
        let name = ["recordings.db", "nowhere", "notes"][target]
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.db"),
            withDestinationPath: folder.path(name)
        )
        let error = await refusal("link.db", target == 0 ? position : nil)
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("symbolic link") == true)
        #expect(FileManager.default.fileExists(atPath: folder.path("nowhere")) == false)
    }

    @Test("A folder in the place of the file, and a file in the place of the folder, are refused")
    func notAFile() async throws {
        try FileManager.default.createDirectory(
            atPath: folder.path("recordings.db"),
            withIntermediateDirectories: false
        )
        #expect(await refusal()?.code == .sinkFailed)
        try folder.write([1], to: "file")
        #expect(await refusal("file/recordings.db")?.code == .sinkFailed)
        #expect(try folder.bytes("file") == [1])
    }

    @Test("A file that is not SQLite is refused and left as it is")
    func notSQLite() async throws {
        let text = Array(String(repeating: "a patient's letter\n", count: 100).utf8)
        try folder.write(text, to: "recordings.db")
        let error = await refusal()
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("SQLITE_NOTADB") == true)
        #expect(try folder.bytes("recordings.db") == text)
    }

    @Test("Another program's database, and a ledger, are refused and left as they are")
    func foreign() async throws {
        try folder.write([], to: "recordings.db")
        try folder.change("CREATE TABLE patients (name TEXT); PRAGMA user_version = 1")
        await (try folder.open("tapedeck.db")).close()
        for name in ["recordings.db", "tapedeck.db"] {
            let before = try folder.bytes(name)
            let error = await refusal(name)
            #expect(error?.code == .sinkFailed)
            #expect(error?.reason.contains("not a Tapedeck database of records") == true)
            #expect(try folder.bytes(name) == before)
        }
    }

    @Test("A database of records is no ledger")
    func noLedger() async throws {
        _ = try await make()
        let error = await failure { try folder.open("recordings.db") }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("not a Tapedeck ledger") == true)
    }

    @Test("A database of a newer program is refused and left as it is")
    func newer() async throws {
        let position = try await make()
        try folder.change("PRAGMA user_version = 99")
        let before = try folder.bytes("recordings.db")
        let error = await refusal("recordings.db", position)
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("version 99") == true)
        #expect(error?.reason.contains("the database recordings.db") == true)
        #expect(try folder.bytes("recordings.db") == before)
    }

    @Test("A file that was cut short is refused as damaged and left as it is")
    func damaged() async throws {
        let position = try await make()
        let half = try folder.bytes("recordings.db").prefix(3 * 4_096 + 100)
        try folder.write(half, to: "recordings.db")
        let error = await refusal("recordings.db", position)
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("SQLITE_CORRUPT") == true)
        #expect(error?.reason.contains("damaged; put a backup in its place") == true)
        #expect(try folder.bytes("recordings.db") == Array(half))
    }

    @Test("A database that says nothing of how far it has come is refused")
    func noSequence() async throws {
        let position = try await make()
        try folder.change("DELETE FROM tapedeck_sink")
        #expect(await refusal("recordings.db", position)?.reason.contains("how far it has come") == true)
    }

    @Test("A second writer is refused and told who holds the database; it may have it once that one closes")
    func twoWriters() async throws {
        let first = folder.sink()
        let position = try await first.recover(to: nil)
        let error = await refusal()
        #expect(error?.code == .sinkFailed)
        let process = ProcessInfo.processInfo.processIdentifier
        #expect(error?.reason.contains("the database recordings.db is held by process \(process) (") == true)
        #expect(try await first.recover(to: position) == position)
        await first.close()
        #expect(await refusal() == nil)
    }

    @Test("Others read whole commits while a run writes")
    func readers() async throws {
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        let reader = try SQLiteConnection(path: folder.path("recordings.db"), readOnly: true)
        try reader.execute("BEGIN")
        #expect(try reader.integer("SELECT count(*) FROM recordings") == 0)
        for id in ["a", "b"] {
            try await sink.write(RecordBatch([try Sample.recording(id)]))
            _ = try await sink.commit()
        }
        try await sink.write(RecordBatch([try Sample.recording("c")]))
        #expect(try reader.integer("SELECT count(*) FROM recordings") == 0)
        try reader.execute("COMMIT")
        #expect(try reader.integer("SELECT count(*) FROM recordings") == 2)
        await sink.close()
    }

    @Test("The program's own steps count up from 1")
    func ownSteps() {
        let versions = RecordSchema().migrations.map(\.version)
        #expect(versions == (1...Int64(versions.count)).map { $0 })
    }
}
