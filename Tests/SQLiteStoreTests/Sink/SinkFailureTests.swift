import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("A database of records that fails")
struct SinkFailureTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func long(_ id: String) throws -> RecordBatch {
        RecordBatch([try Sample.recording(id, title: String(repeating: "x", count: 400_000))])
    }

    @Test("A full disk is told in words, what was committed stays, and the sink stays failed until it recovers")
    func fullDisk() async throws {
        let sink = folder.sink(settings: "PRAGMA max_page_count = 200")
        _ = try await sink.recover(to: nil)
        try await sink.write(try long("a"))
        let position = try await sink.commit()
        try await sink.write(RecordBatch([try Sample.recording("dropped")]))
        let batch = try long("b")
        let full = try long("c")
        let error = await failure {
            try await sink.write(batch)
            try await sink.write(full)
            return try await sink.commit()
        }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("the database recordings.db failed with SQLITE_FULL") == true)
        #expect(error?.reason.contains("free space") == true)
        let small = RecordBatch([try Sample.recording("small")])
        #expect(await failure { try await sink.write(small) } == error)
        #expect(await failure { try await sink.commit() } == error)
        #expect(try folder.rows("SELECT id FROM recordings") == [["a"]])
        #expect(try await sink.recover(to: position) == position)
        try await sink.write(small)
        #expect(try await sink.commit().offsets == ["sequence": 2])
        #expect(try folder.rows("SELECT id FROM recordings ORDER BY id") == [["a"], ["small"]])
        await sink.close()
    }

    @Test("A file that cannot be written is told in words")
    func readOnly() async throws {
        let sink = folder.sink()
        let position = try await sink.recover(to: nil)
        await sink.close()
        // Who has all rights can write a file in spite of its permissions, so the connection is told not to.
        let refused = folder.sink(settings: "PRAGMA query_only = ON")
        let error = await failure { try await refused.recover(to: position) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("SQLITE_READONLY") == true)
        #expect(error?.reason.contains("check its owner and permissions") == true)
    }

    @Test("A file that another program locks is told in words")
    func busy() async throws {
        let sink = folder.sink(settings: "PRAGMA busy_timeout = 1")
        _ = try await sink.recover(to: nil)
        let other = try SQLiteConnection(path: folder.path("recordings.db"), readOnly: false)
        try other.execute("BEGIN IMMEDIATE")
        let batch = RecordBatch([try Sample.recording("a")])
        let error = await failure { try await sink.write(batch) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("another program holds the file") == true)
        try other.execute("COMMIT")
        #expect(await failure { try await sink.write(batch) } == error)
        await sink.close()
    }

    @Test("A failure in the middle of a transaction undoes it at once, so that nobody waits for the sink")
    func undone() async throws {
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        let abort = "BEGIN SELECT RAISE(ABORT, 'no'); END"
        try folder.change("CREATE TRIGGER refuse BEFORE INSERT ON recordings WHEN new.id = 'bad' \(abort)")
        try await sink.write(RecordBatch([try Sample.recording("good")]))
        let bad = RecordBatch([try Sample.recording("bad")])
        let error = await failure { try await sink.write(bad) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("SQLITE_CONSTRAINT") == true)
        // This needs the lock that an open transaction holds.
        try folder.change("UPDATE tapedeck_sink SET sequence = sequence")
        #expect(try folder.rows("SELECT id FROM recordings") == [])
        await sink.close()
    }

    @Test("Damage that shows while writing is told in words and undoes the transaction")
    func damage() async throws {
        let sink = folder.sink()
        let position = try await sink.recover(to: nil)
        await sink.close()
        var bytes = try folder.bytes("recordings.db")
        for index in 8_192..<bytes.count { bytes[index] = 0xA5 }
        try folder.write(bytes, to: "recordings.db")
        let error = await failure {
            _ = try await sink.recover(to: position)
            try await sink.write(RecordBatch([try Sample.recording("a")]))
            return try await sink.commit()
        }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("SQLITE_CORRUPT") == true)
        await sink.close()
    }

    @Test("A file that is moved away while a run writes is noticed at the commit")
    func moved() async throws {
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(RecordBatch([try Sample.recording("a")]))
        try FileManager.default.moveItem(atPath: folder.path("recordings.db"), toPath: folder.path("elsewhere.db"))
        let error = await failure { try await sink.commit() }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("moved or removed") == true)
        await sink.close()
    }

    @Test("No failure tells what the records say")
    func secrecy() async throws {
        let sink = folder.sink(settings: "PRAGMA max_page_count = 40")
        _ = try await sink.recover(to: nil)
        let batch = RecordBatch([try Sample.recording("secret id", title: String(repeating: "secret", count: 100_000))])
        let error = await failure {
            try await sink.write(batch)
            return try await sink.commit()
        }
        #expect(error?.reason.contains("SQLITE_FULL") == true)
        #expect(error?.reason.contains("secret") == false)
        await sink.close()
    }
}
