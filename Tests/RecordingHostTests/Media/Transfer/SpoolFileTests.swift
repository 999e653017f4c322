import Foundation
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("An unfinished file")
struct SpoolFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "spool-\(UUID().uuidString)").path

    private func spool(
        checkpoint: SpoolFile.Checkpoint? = nil,
        expected: Int64? = nil,
        free: Int64? = nil
    ) throws -> SpoolFile {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return try SpoolFile(
            path: folder + "/1.partial",
            checkpoint: checkpoint,
            expectedLength: expected,
            clock: ManualClock.automatic(at: Timestamp(secondsSince1970: 1_800_000_000)),
            freeSpace: { free },
            onCheckpoint: { _ in }
        )
    }

    private func head(_ length: Int) -> MediaResponseHead {
        MediaResponseHead(status: 200, headers: ["Content-Length": "\(length)", "ETag": "\"a\""])
    }

    @Test("is not begun when the disk has no room for it, and takes nothing")
    func full() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let spool = try spool(free: SpoolFile.reserve + 99)
        let error = #expect(throws: TapedeckError.self) { _ = try spool.begin(head(100)) }
        #expect(error?.code == .noSpace)
        #expect(spool.place.offset == 0)
        let other = try self.spool(free: SpoolFile.reserve + 100)
        #expect(try other.begin(head(100)))
    }

    @Test("goes on in another process where it was noted, and what came after the note is fetched again")
    func resumes() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let checkpoint: SpoolFile.Checkpoint
        do {
            let first = try spool()
            #expect(try first.begin(head(6)))
            try first.receive([1, 2, 3].span)
            checkpoint = try first.checkpoint()
            try first.receive([9].span)
        }
        let second = try spool(checkpoint: checkpoint)
        #expect(second.place.offset == 3)
        #expect(second.place.validator.etag == "\"a\"")
        let part = MediaResponseHead(status: 206, headers: ["Content-Range": "bytes 3-5/6", "ETag": "\"a\""])
        #expect(try second.begin(part))
        try second.receive([4, 5, 6].span)
        #expect(try second.finish().bytes == 6)
        #expect(try Data(contentsOf: URL(filePath: second.path)) == Data([1, 2, 3, 4, 5, 6]))
    }

    @Test("that is not what was noted is thrown away")
    func damaged() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = try spool()
        #expect(try first.begin(head(6)))
        try first.receive([1, 2, 3].span)
        let checkpoint = try first.checkpoint()
        let handle = try #require(FileHandle(forWritingAtPath: first.path))
        try handle.write(contentsOf: Data([7]))
        try handle.close()
        #expect(try spool(checkpoint: checkpoint).place.offset == 0)
    }

    @Test("takes no more than was announced, and is no file when less came, or nothing, or a page")
    func lengths() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let spool = try spool()
        #expect(try spool.begin(head(2)))
        #expect(throws: MediaFailure.self) { try spool.receive([1, 2, 3].span) }
        try spool.receive([1].span)
        #expect(throws: MediaFailure.self) { _ = try spool.finish() }
        try spool.startOver()
        let page = Array(" <!DOCTYPE html><p>".utf8)
        #expect(try spool.begin(head(page.count)))
        try spool.receive(page.span)
        #expect(throws: MediaFailure.self) { _ = try spool.finish() }
        try spool.startOver()
        #expect(try spool.begin(head(0)))
        #expect(throws: MediaFailure.self) { _ = try spool.finish() }
    }
}
