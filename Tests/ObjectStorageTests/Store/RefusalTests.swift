import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import ObjectStorage

@Suite("What an object storage refuses")
struct RefusalTests {
    private let storage = MemoryStorage()

    private func error(_ body: () async throws -> Void) async -> TapedeckError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? TapedeckError
        }
    }

    @Test(
        "A refusal for good is not repeated and says what to check",
        arguments: [
            (403, "AccessDenied", "s3:PutObject"), (403, "SignatureDoesNotMatch", "secret access key"),
            (403, "RequestTimeTooSkewed", "clock"), (403, "InvalidAccessKeyId", "access key id"),
            (400, "ExpiredToken", "temporary"), (404, "NoSuchBucket", "bucket's name"),
            (400, "AuthorizationHeaderMalformed", "region"), (301, "PermanentRedirect", "region"),
            (400, "KMS.DisabledException", "encryption key"), (418, "<script>", "settings"),
        ]
    )
    func forGood(status: Int, code: String, advice: String) async throws {
        let bench = try StorageBench(storage)
        storage.misbehave { _, request in
            request.method == "PUT" ? .answer(.refusal(status, code, headers: ["x-amz-request-id": "R1"])) : nil
        }
        let file = try bench.file(5)
        let error = try #require(await error { try await bench.store().store(file, at: bench.path()) })
        #expect(error.code == .mediaStoreFailed)
        #expect(error.description.contains(advice))
        #expect(error.status == status)
        #expect(error.requestID == "R1")
        #expect(storage.log.count { $0 == "PUT" } == 1)
        #expect(bench.exists(file))
        for secret in [StorageBench.secret, "AKIA", "Signature=", "secret text", "127.0.0.1", "?partNumber"] {
            #expect(!error.description.contains(secret))
        }
    }

    @Test(
        "What may pass is sent again, with the waits that the server asks for",
        arguments: [(500, "InternalError"), (503, "SlowDown"), (429, ""), (502, ""), (400, "RequestTimeout")]
    )
    func passing(status: Int, code: String) async throws {
        let bench = try StorageBench(storage)
        storage.misbehave { number, _ in
            number < 3 ? .answer(.refusal(status, code, headers: ["Retry-After": "7"])) : nil
        }
        try await bench.store().store(bench.file(5), at: bench.path())
        #expect(storage.objects.count == 1)
        #expect(bench.clock.sleeps == [.seconds(7), .seconds(7)])
    }

    @Test("After the last attempt the failure says how many there were, and a long wait is not waited for")
    func givingUp() async throws {
        let bench = try StorageBench(storage)
        storage.misbehave { _, _ in .failure(.notConnected) }
        let last = try #require(await error { _ = try await bench.store().size(of: bench.path()) })
        #expect(last.attempts == 8)
        storage.misbehave { _, _ in .answer(.refusal(503, "SlowDown", headers: ["Retry-After": "3600"])) }
        let early = try #require(await error { _ = try await bench.store().size(of: bench.path()) })
        #expect(early.retryAt == bench.clock.now.advanced(by: .seconds(3600)))
    }

    @Test("A part that arrives damaged is sent again, and not for ever")
    func damagedPart() async throws {
        let bench = try StorageBench(storage)
        storage.misbehave { number, request in number == 5 ? .answer(.refusal(400, "BadDigest")) : nil }
        try await bench.store().store(bench.file(2 * 5 << 20), at: bench.path("1"))
        storage.forgetRequests()
        storage.misbehave { _, request in
            request.url.query?.contains("partNumber=1") == true ? .answer(.refusal(400, "BadDigest")) : nil
        }
        let file = try bench.file(2 * 5 << 20)
        let error = try #require(await error { try await bench.store().store(file, at: bench.path("2")) })
        #expect(error.description.contains("network"))
        #expect(storage.requests.count { $0.url.query?.contains("partNumber=1") == true } == 3)
        #expect(bench.exists(file))
    }

    @Test("An error in an answer with status 200 is an error, and what may pass is repeated")
    func lateError() async throws {
        let bench = try StorageBench(storage)
        storage.misbehave { number, request in
            guard request.method == "POST", request.url.query?.contains("uploadId") == true else { return nil }
            return number < 9 ? .answer(.refusal(200, "InternalError")) : nil
        }
        let file = try bench.file(5 << 20 + 1)
        try await bench.store().store(file, at: bench.path("1"))
        #expect(storage.log.count { $0 == "POST uploadId" } > 1)
        #expect(storage.objects.count == 1)
        storage.misbehave { _, request in
            request.method == "POST" && request.url.query?.contains("uploadId") == true
                ? .answer(.refusal(200, "InvalidPart")) : nil
        }
        let other = try bench.file(5 << 20 + 1)
        #expect(await error { try await bench.store().store(other, at: bench.path("2")) }?.code == .mediaStoreFailed)
        #expect(bench.exists(other))
    }

    @Test("An answer that is lost after the work was done does no harm", arguments: ["PUT", "POST uploadId", "DELETE"])
    func lostAnswer(which: String) async throws {
        let bench = try StorageBench(storage)
        storage.misbehave { [storage] _, _ in
            let log = storage.log
            return log.last == which && log.count(where: { $0 == which }) == 1 ? .lostAnswer : nil
        }
        let file = try bench.file(which == "PUT" ? 5 : 5 << 20 + 1)
        try await bench.store().store(file, at: bench.path())
        #expect(storage.objects.count == 1)
        #expect(!bench.exists(file))
        try await bench.store().remove(bench.path())
        #expect(storage.objects.isEmpty)
    }

    @Test("A server that does not know conditions on writing is asked without", arguments: [5, 5 << 20 + 1])
    func noConditions(count: Int) async throws {
        let bench = try StorageBench(storage)
        storage.misbehave { _, request in
            request.headers["If-None-Match"] != nil ? .answer(.refusal(501, "NotImplemented")) : nil
        }
        try await bench.store().store(bench.file(count), at: bench.path())
        #expect(storage.objects.count == 1)
    }

    @Test("An object that is not what was sent is an error, and the spooled file stays", arguments: [5, 5 << 20 + 1])
    func damagedObject(count: Int) async throws {
        let bench = try StorageBench(storage)
        let file = try bench.file(count)
        storage.misbehave { [storage] _, request in
            if request.method == "HEAD" {
                storage.change { state in
                    for key in state.objects.keys { state.objects[key]?.checksum = "AAAA" }
                }
            }
            return nil
        }
        #expect(await error { try await bench.store().store(file, at: bench.path()) }?.code == .mediaStoreFailed)
        #expect(bench.exists(file))
    }

    @Test("A missing bucket is not taken for a missing file")
    func missingBucket() async throws {
        let bench = try StorageBench(MemoryStorage(bucket: "another"))
        let error = try #require(await error { _ = try await bench.store().size(of: bench.path()) })
        #expect(error.description.contains("NoSuchBucket"))
    }

    @Test("Cancelling ends a store with CancellationError")
    func cancelling() async throws {
        let bench = try StorageBench(storage)
        let (store, file, path) = (try bench.store(), try bench.file(5), try bench.path())
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { try await store.store(file, at: path) }
                try await group.waitForAll()
            }
        }
        #expect(storage.requests.isEmpty)
    }
}
