import RecordingKit
import Synchronization
import Testing

@testable import RecordingHost

@Suite("A manifest on a disk that fails")
struct ManifestFailureTests {
    let folder: MediaFolder

    init() throws { folder = try MediaFolder() }

    /// Fails when its turn comes.
    private final class Turns: Sendable {
        private let left: Mutex<Int>
        init(_ count: Int) { left = Mutex(count) }
        func take() -> Bool {
            left.withLock { left in
                left -= 1
                return left == 0
            }
        }
    }

    @Test("takes back what it could write of an entry when the disk is full")
    func fullDisk() async throws {
        let turns = Turns(3)
        let operations = ManifestOperations(
            write: { file, bytes throws(SystemError) in
                // The disk takes ten bytes at a time, and then no more.
                if turns.take() { throw SystemError(number: 28) }
                return try file.write(bytes.extracting(0..<min(10, bytes.count)))
            },
            synchronize: { file throws(SystemError) in try file.synchronize() }
        )
        let first = try await folder.append([draft("1")])
        let whole = try folder.text("manifest.jsonl")
        let manifest = try await Manifest.open(
            folder: folder.path,
            knownHead: first,
            tool: "tapedeck/1",
            operations: operations
        )
        await #expect(throws: TapedeckError(.noSpace, "")) {
            _ = try await manifest.append([draft("2")], at: writingTime)
        }
        #expect(try folder.text("manifest.jsonl") == whole)
        #expect(await manifest.head == first)
        // There is room again.
        #expect(try await manifest.append([draft("2")], at: writingTime).number == 2)
        #expect(try folder.lines().count == 2)
    }

    @Test("writes nothing more once the disk has lost something")
    func failedSynchronization() async throws {
        let turns = Turns(1)
        let operations = ManifestOperations(
            write: { file, bytes throws(SystemError) in try file.write(bytes) },
            synchronize: { file throws(SystemError) in
                if turns.take() { throw .inputOutput }
                try file.synchronize()
            }
        )
        let manifest = try await Manifest.open(
            folder: folder.path,
            knownHead: nil,
            tool: "tapedeck/1",
            operations: operations
        )
        for _ in 0..<2 {
            await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
                _ = try await manifest.append([draft("1")], at: writingTime)
            }
        }
        #expect(try folder.bytes("manifest.jsonl").isEmpty)
    }
}
