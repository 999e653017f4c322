import Foundation
import RecordingHost
import RecordingKit
import Synchronization
import Testing

@testable import FileSinks

@Suite("JSON Lines files on a disk that fails")
struct FailingDiskTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func sink(_ operations: FileOperations) -> JSONLinesSink {
        JSONLinesSink(directory: folder.path("out"), operations: operations)
    }

    @Test("Short and interrupted writes, and a call that would block, end with every byte in its place")
    func shortWrites() async throws {
        let calls = Atomic(0)
        var operations = FileOperations.system
        operations.write = { file, bytes throws(SystemError) in
            switch calls.add(1, ordering: .relaxed).newValue % 3 {
            case 0: throw SystemError(number: EINTR)
            case 1: throw SystemError(number: EAGAIN)
            default: try file.write(bytes.extracting(first: min(2, bytes.count)))
            }
        }
        let sink = sink(operations)
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: ["12345", "678"]))
        #expect(try await sink.commit().offsets == offsets(10))
        #expect(try folder.text("out/recordings.jsonl") == "12345\n678\n")
    }

    @Test("A device that takes nothing, and one that always would block, is given up")
    func stuckDevice() async throws {
        var operations = FileOperations.system
        operations.write = { _, _ throws(SystemError) in 0 }
        let sink = sink(operations)
        _ = try await sink.recover(to: nil)
        #expect(await failure { try await sink.write(batch(recordings: ["1"])) }?.code == .sinkFailed)
    }

    @Test(
        "A full disk is named, whole lines stay, and the sink stays failed until it recovers",
        arguments: [
            (ENOSPC, "free space"), (EDQUOT, "quota"), (EFBIG, "raise the limit"), (EROFS, "check how that is mounted"),
            (EACCES, "check the owner and permissions"), (EIO, "check the disk and the folder"),
        ]
    )
    func fullDisk(_ number: Int32, _ words: String) async throws {
        let left = Atomic(9)
        var operations = FileOperations.system
        operations.write = { file, bytes throws(SystemError) in
            let count = min(left.load(ordering: .relaxed), bytes.count)
            guard count > 0 else { throw SystemError(number: number) }
            left.subtract(count, ordering: .relaxed)
            return try file.write(bytes.extracting(first: count))
        }
        let sink = sink(operations)
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: ["12345"]))
        let kept = try await sink.commit()
        let error = await failure { try await sink.write(batch(recordings: ["a", "b", "c"])) }
        #expect(error?.code == .sinkFailed)
        let reason = try #require(error?.reason)
        #expect(reason.contains(words) && reason.contains("out/recordings.jsonl"))
        #expect(!reason.contains(folder.path))
        #expect(try folder.text("out/recordings.jsonl") == "12345\n")

        left.store(1_000, ordering: .relaxed)
        #expect(await failure { try await sink.write(batch(recordings: ["d"])) }?.reason == reason)
        #expect(await failure { try await sink.commit() }?.reason == reason)
        #expect(try await sink.recover(to: kept) == kept)
        try await sink.write(batch(recordings: ["d"]))
        #expect(try await sink.commit().offsets == offsets(8))
    }

    @Test("A failed flush is not tried again, because what it left on the disk is not known")
    func failedFlush() async throws {
        let flushes = Atomic(0)
        var operations = FileOperations.system
        operations.synchronize = { _ throws(SystemError) in
            if flushes.add(1, ordering: .relaxed).newValue == 1 { throw SystemError(number: EIO) }
        }
        let sink = sink(operations)
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: ["1"]))
        #expect(await failure { try await sink.commit() }?.code == .sinkFailed)
        #expect(await failure { try await sink.commit() }?.code == .sinkFailed)
        #expect(flushes.load(ordering: .relaxed) == 1)
    }

    @Test("Only files that were written since the last commit are flushed")
    func flushesWhatChanged() async throws {
        let flushes = Atomic(0)
        var operations = FileOperations.system
        operations.synchronize = { file throws(SystemError) in
            flushes.add(1, ordering: .relaxed)
            try file.synchronize()
        }
        let sink = sink(operations)
        _ = try await sink.recover(to: nil)
        _ = try await sink.commit()
        #expect(flushes.load(ordering: .relaxed) == 0)
        try await sink.write(batch(recordings: ["1"], summaries: ["2"]))
        _ = try await sink.commit()
        #expect(flushes.load(ordering: .relaxed) == 2)
        try await sink.write(batch(summaries: ["3"]))
        _ = try await sink.commit()
        #expect(flushes.load(ordering: .relaxed) == 3)
    }

    @Test("A file that another program changed meanwhile is not committed")
    func foreignWriter() async throws {
        let sink = sink(.system)
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: ["1"]))
        let handle = try #require(FileHandle(forWritingAtPath: folder.path("out/recordings.jsonl")))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("theirs\n".utf8))
        let error = await failure { try await sink.commit() }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("another program") == true)
    }
}
