import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("Recovering a database of records")
struct SinkRecoveryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Commits one recording for each id, each in a commit of its own, and returns the positions, the first before any of them.
    @discardableResult
    private func fill(_ ids: [String], from position: SinkPosition? = nil) async throws -> [SinkPosition] {
        let sink = folder.sink()
        var positions = [try await sink.recover(to: position)]
        for id in ids {
            try await sink.write(RecordBatch([try Sample.recording(id)]))
            positions.append(try await sink.commit())
        }
        await sink.close()
        return positions
    }

    private func ids() throws -> [String?] { try folder.rows("SELECT id FROM recordings ORDER BY id").map { $0[0] } }

    private func refusal(_ position: SinkPosition?, _ name: String = "recordings.db") async -> TapedeckError? {
        let sink = folder.sink(name)
        let error = await failure { try await sink.recover(to: position) }
        #expect(await failure { try await sink.write(RecordBatch()) }?.code == .sinkFailed)
        await sink.close()
        return error
    }

    @Test("Commits count up by one, whatever number of batches is in them, and one without records is none")
    func sequence() async throws {
        let sink = folder.sink()
        var position = try await sink.recover(to: nil)
        #expect(position.offsets == ["sequence": 0])
        #expect(position.marks.keys.sorted() == ["sequence"])
        try await sink.write(RecordBatch([try Sample.recording("a")]))
        try await sink.write(RecordBatch([try Sample.recording("b"), try Sample.summary("b", views: 1, downloads: 1)]))
        #expect(try folder.rows("SELECT * FROM recordings") == [])
        position.offsets["sequence"] = 1
        #expect(try await sink.commit() == position)
        #expect(try ids() == ["a", "b"])
        #expect(try folder.rows("SELECT sequence FROM tapedeck_sink") == [["1"]])
        try await sink.write(RecordBatch())
        #expect(try await sink.commit() == position)
        await sink.close()
        #expect(try await folder.sink().recover(to: position) == position)
    }

    @Test("A database whose tables were made, and nothing more, is begun", arguments: [false, true])
    func tablesAlone(isKnown: Bool) async throws {
        let position = try #require(try await fill([]).first)
        try folder.change("DELETE FROM tapedeck_sink")
        let positions = try await fill(["a"], from: isKnown ? position : nil)
        #expect(positions.map { $0.offsets["sequence"] } == [0, 1])
        #expect(try ids() == ["a"])
    }

    @Test("What was not committed is dropped when the sink is closed, or recovers again")
    func uncommitted() async throws {
        let sink = folder.sink()
        let position = try await sink.recover(to: nil)
        for id in ["a", "b"] {
            try await sink.write(RecordBatch([try Sample.recording(id)]))
            #expect(try await sink.recover(to: position) == position)
        }
        try await sink.write(RecordBatch([try Sample.recording("c")]))
        await sink.close()
        #expect(try ids() == [])
        #expect(await failure { try await sink.commit() }?.reason.contains("recover it first") == true)
    }

    @Test("Records of a commit that the ledger was not told of come again and are there once")
    func replay() async throws {
        let positions = try await fill(["a", "b"])
        let again = try await fill(["b", "c"], from: positions[1])
        #expect(again.map(\.offsets) == [["sequence": 2], ["sequence": 3], ["sequence": 4]])
        #expect(try ids() == ["a", "b", "c"])
    }

    @Test("A killed process leaves whole commits, and nothing of the one after them")
    func killed() async throws {
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(RecordBatch([try Sample.recording("a")]))
        let position = try await sink.commit()
        try await sink.write(RecordBatch((0..<20_000).map { try Sample.recording("late \($0)") }))
        for suffix in ["", "-wal"] {
            try folder.write(try folder.bytes("recordings.db\(suffix)"), to: "copy.db\(suffix)")
        }
        await sink.close()
        let copy = folder.sink("copy.db")
        #expect(try await copy.recover(to: position) == position)
        #expect(try folder.rows("SELECT id FROM recordings", in: "copy.db") == [["a"]])
        await copy.close()
    }

    @Test("Records that the ledger knows nothing of are refused and left as they are")
    func unknownRecords() async throws {
        try await fill(["a"])
        let before = try folder.bytes("recordings.db")
        let error = await refusal(nil)
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("recordings.db already holds records") == true)
        #expect(try folder.bytes("recordings.db") == before)
    }

    @Test(
        "A database that was made but never written can be begun by another ledger, which the first then cannot mistake"
    )
    func begun() async throws {
        let first = try await fill([])[0]
        let second = try await fill(["a"])
        #expect(second[0].offsets == first.offsets)
        #expect(second[0].marks != first.marks)
        #expect(await refusal(first)?.reason.contains("not the one that this ledger wrote to") == true)
    }

    @Test("A database that the ledger knows and that is begun again gets the number that the ledger noted")
    func begunAgain() async throws {
        try await fill([])
        let noted = SinkPosition(offsets: ["sequence": 0], marks: ["sequence": 42])
        let positions = try await fill(["a"], from: noted)
        #expect(positions == [noted, SinkPosition(offsets: ["sequence": 1], marks: ["sequence": 42])])
    }

    @Test("A database with fewer commits than the ledger knows is refused with what to do, and left as it is")
    func tooOld() async throws {
        var position = try #require(try await fill(["a"]).last)
        position.offsets["sequence"] = 2
        let before = try folder.bytes("recordings.db")
        let error = await refusal(position)
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("recordings.db has 1 commits, but the ledger says that 2 were made") == true)
        #expect(error?.reason.contains("`tapedeck repair`") == true)
        #expect(try folder.bytes("recordings.db") == before)
    }

    @Test("A missing or empty file is refused with what to do when something was committed to it")
    func missing() async throws {
        let position = SinkPosition(offsets: ["sequence": 3], marks: ["sequence": 1])
        for name in ["recordings.db", "new/recordings.db", "empty.db"] {
            if name == "empty.db" { try folder.write([], to: name) }
            let error = await refusal(position, name)
            #expect(error?.code == .sinkFailed)
            #expect(error?.reason.contains("missing or empty, but the ledger says that 3 commits") == true)
            #expect(error?.reason.contains("`tapedeck repair`") == true)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("recordings.db")))
        #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
        #expect(try folder.bytes("empty.db") == [])
    }

    @Test("A file that went missing before anything was committed is made again")
    func missingUnwritten() async throws {
        let position = try await fill([])[0]
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: folder.path("recordings.db\(suffix)"))
        }
        #expect(try await fill([], from: position) == [position])
    }

    @Test("Another database of records in its place is refused, though it has come further")
    func otherArchive() async throws {
        let positions = try await fill(["a", "b"])
        var foreign = positions[1]
        foreign.marks["sequence", default: 0] &+= 1
        let error = await refusal(foreign)
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("not the one that this ledger wrote to") == true)
        foreign.marks = [:]
        #expect(try await fill([], from: foreign) == [positions[2]])
    }

    @Test("A position of parts that are not known is refused")
    func foreignParts() async throws {
        let error = await refusal(SinkPosition(offsets: ["sequence": 0, "media": 3]))
        #expect(error?.reason.contains("newer program") == true)
    }

    @Test("Databases made one after another have different numbers")
    func numbers() async throws {
        var seen: Set<UInt64> = []
        for name in ["a.db", "b.db", "c.db"] {
            let sink = folder.sink(name)
            seen.insert(try #require(try await sink.recover(to: nil).marks["sequence"]))
            await sink.close()
        }
        #expect(seen.count == 3)
    }
}
