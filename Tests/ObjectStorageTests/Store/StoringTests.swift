import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import ObjectStorage

@Suite("Storing files in object storage")
struct StoringTests {
    private static let part = 5 << 20
    private let storage = MemoryStorage()

    @Test("A file is in its place with its checksum and type, and the spooled one is gone", arguments: [0, 1, 5 << 20])
    func small(count: Int) async throws {
        let bench = try StorageBench(storage)
        let file = try bench.file(count)
        try await bench.store().store(file, at: bench.path())
        let object = try #require(storage.objects["calls/" + bench.path().text])
        #expect(object.bytes.count == count)
        #expect(object.headers["x-amz-meta-sha256"] == file.sha256)
        #expect(object.headers["Content-Type"] == "audio/wav")
        #expect(!bench.exists(file))
        #expect(storage.log == ["HEAD", "GET", "PUT", "HEAD"])
    }

    @Test("A larger file is sent in parts, no more at a time than allowed")
    func large() async throws {
        let bench = try StorageBench(storage)
        let file = try bench.file(3 * Self.part + 1)
        let bytes = try Data(contentsOf: URL(filePath: file.file))
        try await bench.store().store(file, at: bench.path())
        let object = try #require(storage.objects["calls/" + bench.path().text])
        #expect(Data(object.bytes) == bytes)
        #expect(object.headers["x-amz-meta-sha256"] == file.sha256)
        #expect(storage.uploads.isEmpty)
        #expect(storage.log.count { $0 == "PUT partNumber uploadId" } == 4)
        #expect(storage.mostUnderWay == 2)
        #expect(!bench.exists(file))
    }

    @Test("Storing the same file again sends nothing, also when its spooled copy is gone")
    func again() async throws {
        let bench = try StorageBench(storage)
        let (first, second) = (try bench.file(10), try bench.file(10))
        try await bench.store().store(first, at: bench.path())
        storage.forgetRequests()
        try await bench.store().store(second, at: bench.path())
        try await bench.store().store(first, at: bench.path())
        #expect(storage.log == ["HEAD", "HEAD"])
        #expect(!bench.exists(second))
    }

    @Test("A different file, or one that nobody described, is never overwritten")
    func other() async throws {
        let bench = try StorageBench(storage)
        try await bench.store().store(bench.file(10, seed: 1), at: bench.path())
        for isDescribed in [true, false] {
            let file = try bench.file(10, seed: isDescribed ? 2 : 1)
            if !isDescribed { storage.change { $0.objects["calls/s/0000/00/1/audio.wav"]?.headers = [:] } }
            await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
                try await bench.store().store(file, at: bench.path())
            }
            #expect(bench.exists(file))
        }
        #expect(storage.log.count { $0 == "PUT" } == 1)
    }

    @Test("A file that appears between looking and sending is not overwritten", arguments: [10, 5 << 20 + 1])
    func race(count: Int) async throws {
        let bench = try StorageBench(storage)
        let (mine, key) = (try bench.file(count), "calls/" + (try bench.path().text))
        storage.misbehave { [storage] _, request in
            if request.method == "PUT" {
                storage.change { $0.objects[key] = MemoryStorage.Object(bytes: [1], headers: [:]) }
            }
            return nil
        }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await bench.store().store(mine, at: bench.path())
        }
        #expect(storage.objects[key]?.bytes == [1])
        #expect(storage.uploads.isEmpty)
        #expect(bench.exists(mine))
    }

    @Test("A file that is not as it was described is not stored", arguments: [10, 2 * 5 << 20])
    func changed(count: Int) async throws {
        let bench = try StorageBench(storage)
        let file = try bench.file(count)
        let handle = try FileHandle(forWritingTo: URL(filePath: file.file))
        try handle.seek(toOffset: UInt64(count - 1))
        try handle.write(contentsOf: Data([0xAA]))
        try handle.close()
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await bench.store().store(file, at: bench.path())
        }
        #expect(storage.objects.isEmpty)
        #expect(storage.uploads.isEmpty)
        #expect(bench.exists(file))
    }

    @Test("No request carries an access control list, and every one is signed with its content's hash")
    func everyRequest() async throws {
        let bench = try StorageBench(storage)
        let store = try bench.store()
        try await store.store(bench.file(Self.part + 1), at: bench.path("1"))
        try await store.store(bench.file(5), at: bench.path("2"))
        _ = try await store.contents(bench.path("2"))
        _ = try await store.names()
        try await store.quarantine(bench.path("2"))
        try await store.remove(bench.path("1"))
        for request in storage.requests {
            #expect(
                !request.headers.fields.contains { $0.name.lowercased().contains("acl") || $0.name.contains("grant") }
            )
            #expect(request.headers["x-amz-content-sha256"]?.count == 64)
            #expect(request.headers["Authorization"]?.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIA") == true)
        }
    }
}
