import RecordingKit
import RecordingTestKit
import Synchronization

@testable import RecordingHost

/// A process that is killed at one of its steps: from then on nothing works any more.
final class DyingProcess: Sendable {
    private let state: Mutex<Int>

    /// - Parameter steps: how many steps still succeed.
    init(steps: Int) { state = Mutex(steps) }

    var isDead: Bool { state.withLock { $0 < 0 } }

    func step() throws {
        try state.withLock { steps in
            guard steps > 0 else {
                steps = -1
                throw TapedeckError(.mediaStoreFailed, "The process is dead.")
            }
            steps -= 1
        }
    }
}

/// A store that is used by a process that dies, before or after it has deleted.
struct DyingStore: MediaStore {
    let base: FolderMediaStore
    let process: DyingProcess

    var keepsSpooledFilesInPlace: Bool { base.keepsSpooledFilesInPlace }
    func store(_ file: SpooledMedia, at path: MediaPath) async throws { try await base.store(file, at: path) }
    func size(of path: MediaPath) async throws -> Int64? { try await base.size(of: path) }
    func read(_ path: MediaPath, _ body: (Span<UInt8>) throws -> Void) async throws {
        try await base.read(path, body)
    }
    func list(_ body: ([String]) async throws -> Void) async throws { try await base.list(body) }
    func quarantine(_ path: MediaPath) async throws { try await base.quarantine(path) }
    func remove(_ path: MediaPath) async throws {
        try process.step()
        try await base.remove(path)
        try process.step()
    }
}

/// A sink of a process that dies.
struct DyingSink: Sink {
    let base: MemorySink
    let process: DyingProcess

    var id: String { base.id }
    var locations: [String] { base.locations }
    func recover(to position: SinkPosition?) async throws -> SinkPosition {
        try process.step()
        return try await base.recover(to: position)
    }
    func write(_ batch: RecordBatch) async throws {
        try process.step()
        try await base.write(batch)
        try process.step()
    }
    func commit() async throws -> SinkPosition {
        let position = try await base.commit()
        try process.step()
        return position
    }
    func close() async {}
}
