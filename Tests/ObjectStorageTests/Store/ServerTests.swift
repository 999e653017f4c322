import CurlTransport
import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import ObjectStorage

/// The server checks every signature with code that is not this package's; see `Server/serve.py`.
@Suite("A store on a server of object storage", .enabled(if: Python.isAvailable, "\(Python.advice)"))
struct ServerTests {
    private static let part = 5 << 20

    /// The most megabytes that are sent to see how fast that goes; 0 sends none.
    private static let megabytes = ProcessInfo.processInfo.environment["TAPEDECK_S3_MEGABYTES"].flatMap { Int($0) } ?? 0

    private func bench(_ prefix: String, _ transport: (any HTTPTransport)? = nil) throws -> StorageBench {
        let bench = try StorageBench(try transport ?? CurlTransport())
        bench.endpoint = "http://127.0.0.1:\(try StorageServer.shared.get().port)"
        bench.bucket = StorageServer.bucket
        bench.prefix = prefix
        bench.usesRealTime = true
        return bench
    }

    // Moto writes an & into its answers as it is, so none is in these prefixes.
    @Test("A file lives from being stored to being deleted", arguments: ["plain", "a b+c=ü~'(x)*!%41/日本", ""])
    func life(prefix: String) async throws {
        let bench = try bench(prefix)
        let store = try bench.store()
        let (path, empty) = (try bench.path("life"), try bench.path("empty"))
        #expect(try await store.size(of: path) == nil)
        let file = try bench.file(100_000)
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: file.file)))
        try await store.store(file, at: path)
        try await store.store(bench.file(0), at: empty)
        #expect(!bench.exists(file))
        #expect(try await store.size(of: path) == 100_000)
        #expect(try await store.contents(path) == bytes)
        #expect(try await store.contents(empty).isEmpty)
        #expect(try await store.names().filter { $0.hasPrefix("s/") } == [empty.text, path.text])

        let other = try bench.file(100_000, seed: 9)
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { try await store.store(other, at: path) }

        for _ in 0..<2 { try await store.quarantine(path) }
        #expect(try await store.size(of: path) == nil)
        #expect(try await store.contents(path.quarantined) == bytes)
        for path in [path.quarantined, empty, empty] { try await store.remove(path) }
        #expect(try await store.names().filter { $0.hasPrefix("s/") || $0.hasPrefix("__") }.isEmpty)
    }

    @Test("An upload that was cut off goes on where it was, and no part is sent twice", arguments: [6, 7, 8])
    func resuming(count: Int) async throws {
        let base = try CurlTransport()
        let dying = CutTransport(base, after: count)
        let first = try bench("resume-\(count)", dying)
        first.parallelParts = 1
        let file = try first.file(4 * Self.part + 3)
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: file.file)))
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await first.store().store(file, at: first.path())
        }

        let living = CutTransport(base)
        let second = try bench("resume-\(count)", living)
        try await second.store().store(file, at: second.path())
        let sent = (dying.log + living.log).filter { $0.contains("partNumber=") }
        #expect(sent.count == 5)
        #expect(Set(sent).count == 5)
        #expect(try await second.store().contents(second.path()) == bytes)
        await base.shutdown()
    }

    @Test("A part that is damaged on its way is refused by the server and sent again")
    func damagedPart() async throws {
        let transport = CutTransport(try CurlTransport()) { number, request in
            if number == 5 { request.body?[7] ^= 1 }
        }
        let bench = try bench("damaged", transport)
        let file = try bench.file(2 * Self.part)
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: file.file)))
        try await bench.store().store(file, at: bench.path())
        #expect(transport.log.count { $0.contains("partNumber=") } == 3)
        #expect(try await bench.store().contents(bench.path()) == bytes)
    }

    @Test("A file that was replaced by a different one since an upload was cut off is sent whole")
    func changedMeanwhile() async throws {
        let base = try CurlTransport()
        let first = try bench("changed", CutTransport(base, after: 7))
        let old = try first.file(3 * Self.part, seed: 2)
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await first.store().store(old, at: first.path())
        }
        let living = CutTransport(base)
        let second = try bench("changed", living)
        let file = try second.file(3 * Self.part, seed: 3)
        try await second.store().store(file, at: second.path())
        #expect(living.log.count { $0.contains("partNumber=") } == 3)
        #expect(living.log.contains { $0.hasPrefix("DELETE uploadId=") })
    }

    @Test("A large file is taken out of reach by copying it in parts")
    func copyInParts() async throws {
        let bench = try bench("copy")
        bench.sizes.copyBytes = 6 << 20
        bench.sizes.copyPartBytes = 5 << 20
        let file = try bench.file(11 << 20)
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: file.file)))
        let store = try bench.store()
        try await store.store(file, at: bench.path())
        try await store.quarantine(bench.path())
        #expect(try await store.size(of: bench.path()) == nil)
        #expect(try await store.contents(bench.path().quarantined) == bytes)
    }

    @Test("A very large file is sent and read in memory that does not grow with it", .enabled(if: megabytes > 0))
    func speed() async throws {
        let bench = try bench("speed")
        bench.parallelParts = 4
        bench.partBytes = 16 << 20
        let file = try bench.largeFile(megabytes: Self.megabytes)
        let store = try bench.store()
        let started = ContinuousClock.now
        try await store.store(file, at: bench.path())
        let stored = ContinuousClock.now
        var count: Int64 = 0
        try await store.read(bench.path()) { count += Int64($0.count) }
        #expect(count == file.bytes)
        print("stored in \(stored - started), read in \(ContinuousClock.now - stored)")
        print(
            try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n").filter {
                $0.hasPrefix("VmHWM")
            }
        )
    }

    @Test("A request that is changed behind the signature is refused")
    func changedRequest() async throws {
        let transport = CutTransport(try CurlTransport()) { _, request in request.headers.set("x-amz-meta-other", "1") }
        let bench = try bench("signature", transport)
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            _ = try await bench.store().size(of: bench.path())
        }
    }
}
