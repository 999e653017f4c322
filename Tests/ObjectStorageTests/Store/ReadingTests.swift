import RecordingHost
import RecordingKit
import Testing

@testable import ObjectStorage

@Suite("Reading, listing and moving what is in object storage")
struct ReadingTests {
    private let storage = MemoryStorage()

    private func put(_ key: String, _ bytes: [UInt8] = [1]) {
        storage.change {
            $0.objects[key] = MemoryStorage.Object(bytes: bytes, headers: ["x-amz-meta-sha256": "\(bytes)"])
        }
    }

    @Test("A file is read in ranges of the size that was first looked at", arguments: [0, 1, 99, 100, 101, 250])
    func ranges(count: Int) async throws {
        let bench = try StorageBench(storage)
        bench.sizes.readBytes = 100
        let bytes = (0..<count).map { UInt8($0) }
        put("calls/" + (try bench.path().text), bytes)
        #expect(try await bench.store().contents(bench.path()) == bytes)
        #expect(storage.log == ["HEAD"] + Array(repeating: "GET", count: (count + 99) / 100))
    }

    @Test("A file that is an error document is a file like any other")
    func errorDocument() async throws {
        let bench = try StorageBench(storage)
        let bytes = Array("<Error><Code>InternalError</Code></Error>".utf8)
        put("calls/" + (try bench.path().text), bytes)
        #expect(try await bench.store().contents(bench.path()) == bytes)
    }

    @Test("A file that is replaced while it is read is an error")
    func replaced() async throws {
        let bench = try StorageBench(storage)
        bench.sizes.readBytes = 2
        let key = "calls/" + (try bench.path().text)
        put(key, [1, 2, 3])
        storage.misbehave { [storage] number, _ in
            if number == 3 { storage.change { $0.objects[key]?.bytes = [4, 5, 6] } }
            return nil
        }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            _ = try await bench.store().contents(bench.path())
        }
    }

    @Test("An answer with fewer bytes than the range is an error, and so is a missing file")
    func short() async throws {
        let bench = try StorageBench(storage)
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            _ = try await bench.store().contents(bench.path())
        }
        put("calls/" + (try bench.path().text), [1, 2, 3])
        storage.misbehave { _, request in
            request.headers["Range"] == "bytes=0-2" ? .answer(TransportResponse(status: 206, body: [1, 2])) : nil
        }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            _ = try await bench.store().contents(bench.path())
        }
    }

    @Test("Every file is named relative to the prefix, page by page, and the host's own are left out")
    func listing() async throws {
        let bench = try StorageBench(storage)
        for name in [
            "s/1 +&<ü", ".spool/x", "manifest.jsonl", "manifest.jsonl.1", "s/.hidden", "s/manifest.jsonl", "s/",
            "__quarantine/s/2",
        ] {
            put("calls/\(name)")
        }
        put("calls-other/3")
        #expect(try await bench.store().names() == ["__quarantine/s/2", "s/.hidden", "s/1 +&<ü", "s/manifest.jsonl"])
        #expect(storage.requests.count == 4)
        bench.prefix = ""
        #expect(try await bench.store().names().contains("calls-other/3"))
    }

    @Test(
        "A list that leads in a circle or cannot be read is an error",
        arguments: [
            "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>",
            "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>", "<html></html>", "text",
            "<ListBucketResult><Contents><Key>elsewhere</Key></Contents></ListBucketResult>",
        ]
    )
    func brokenList(text: String) async throws {
        let bench = try StorageBench(storage)
        storage.misbehave { _, _ in .answer(TransportResponse(status: 200, body: Array(text.utf8))) }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { _ = try await bench.store().names() }
        #expect(storage.requests.count <= 2)
    }

    @Test("A file is taken out of reach once, and a cut-off move is finished")
    func quarantine() async throws {
        let bench = try StorageBench(storage)
        bench.prefix = "a&b c"
        let (path, store) = (try bench.path(), try bench.store())
        put("a&b c/\(path.text)")
        storage.misbehave { number, _ in number == 6 ? .failure(.transportFailed) : nil }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { try await store.quarantine(path) }
        storage.misbehave { _, _ in nil }
        for _ in 0..<2 { try await store.quarantine(path) }
        try await store.quarantine(path.quarantined)
        #expect(Array(storage.objects.keys) == ["a&b c/\(path.quarantined.text)"])
        #expect(storage.requests.count { $0.headers["x-amz-copy-source"] != nil } == 1)
    }

    @Test("A different file in quarantine is kept, and so is the one that was to go there")
    func quarantineTaken() async throws {
        let bench = try StorageBench(storage)
        let (path, store) = (try bench.path(), try bench.store())
        put("calls/\(path.text)", [1])
        put("calls/\(path.quarantined.text)", [2])
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { try await store.quarantine(path) }
        #expect(storage.objects.count == 2)
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { try await store.quarantine(bench.path("none")) }
    }

    @Test("A file above the limit is copied in parts under its own description")
    func largeCopy() async throws {
        let bench = try StorageBench(storage)
        bench.sizes.copyBytes = 4
        bench.sizes.copyPartBytes = 1 << 20
        let (path, bytes) = (try bench.path(), StorageBench.bytes(3 << 20 + 1, seed: 4))
        put("calls/\(path.text)", bytes)
        try await bench.store().quarantine(path)
        let object = try #require(storage.objects["calls/\(path.quarantined.text)"])
        #expect(object.bytes == bytes)
        #expect(storage.objects.count == 1)
        #expect(storage.requests.count { $0.headers["x-amz-copy-source-range"] != nil } == 4)
    }
}
