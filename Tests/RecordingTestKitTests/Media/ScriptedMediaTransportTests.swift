import RecordingHost
import RecordingKit
import RecordingTestKit
import Synchronization
import Testing

@Suite("A scripted transport for media")
struct ScriptedMediaTransportTests {
    private final class Collector: MediaReceiver {
        struct Refusal: Error {}

        let events = Mutex<[String]>([])
        let wants: Bool
        let failsAt: String?

        init(wants: Bool = true, failsAt: String? = nil) {
            self.wants = wants
            self.failsAt = failsAt
        }

        func begin(_ head: MediaResponseHead) throws -> Bool {
            events.withLock { $0.append("\(head.status) \(head.headers["X-Test"] ?? "")") }
            return wants
        }

        func receive(_ part: Span<UInt8>) throws {
            let text = String(decoding: part.indices.map { part[$0] }, as: UTF8.self)
            events.withLock { $0.append(text) }
            if text == failsAt { throw Refusal() }
        }
    }

    private let request: MediaRequest

    init() throws {
        request = MediaRequest(url: try #require(HTTPURL("https://files.example/a?b=c")))
    }

    @Test("hands over the head and the parts in order, and remembers the request")
    func answer() async throws {
        let transport = ScriptedMediaTransport { request in
            .answer(
                status: 206,
                headers: ["X-Test": request.url.query ?? ""],
                parts: [Array("one".utf8), Array("two".utf8)]
            )
        }
        let collector = Collector()
        try await transport.fetch(request, into: collector)
        #expect(collector.events.withLock { $0 } == ["206 b=c", "one", "two"])
        #expect(transport.requests.map(\.url) == [request.url])
        #expect(transport.largestPending == 1)
    }

    @Test("tells the head of an empty body")
    func emptyBody() async throws {
        let collector = Collector()
        try await ScriptedMediaTransport { _ in .answer(status: 416) }.fetch(request, into: collector)
        #expect(collector.events.withLock { $0 } == ["416 "])
    }

    @Test("fails after the last part")
    func failure() async throws {
        let collector = Collector()
        let transport = ScriptedMediaTransport { _ in .answer(parts: [Array("half".utf8)], failure: .truncated) }
        let error = await #expect(throws: TransportError.self) { try await transport.fetch(request, into: collector) }
        #expect(error?.kind == .truncated)
        #expect(collector.events.withLock { $0 } == ["200 ", "half"])
    }

    @Test("tells no head when it fails before the first part")
    func earlyFailure() async throws {
        let collector = Collector()
        for answer in [ScriptedMediaAnswer.answer(failure: .connectionBroken), .failure(.connectionBroken)] {
            let transport = ScriptedMediaTransport { _ in answer }
            await #expect(throws: TransportError.self) { try await transport.fetch(request, into: collector) }
        }
        #expect(collector.events.withLock { $0 } == [])
    }

    @Test("ends well when the body is not wanted")
    func unwanted() async throws {
        let collector = Collector(wants: false)
        let transport = ScriptedMediaTransport { _ in .answer(parts: [[1]], failure: .truncated) }
        try await transport.fetch(request, into: collector)
        #expect(collector.events.withLock { $0 } == ["200 "])
    }

    @Test("throws what the receiver throws, and goes no further")
    func receiverFails() async throws {
        let collector = Collector(failsAt: "one")
        let transport = ScriptedMediaTransport { _ in .answer(parts: [Array("one".utf8), Array("two".utf8)]) }
        await #expect(throws: Collector.Refusal.self) { try await transport.fetch(request, into: collector) }
        #expect(collector.events.withLock { $0 } == ["200 ", "one"])
    }

    @Test("hangs until the task is cancelled")
    func hanging() async throws {
        let (handed, hand) = AsyncStream.makeStream(of: Void.self)
        let transport = ScriptedMediaTransport { _ in
            hand.yield()
            return .hanging(parts: [[1]])
        }
        let request = request
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await transport.fetch(request, into: Collector())
                    return false
                } catch { return error is CancellationError }
            }
            for await _ in handed { break }
            group.cancelAll()
            #expect(await group.next() == true)
        }
    }
}
