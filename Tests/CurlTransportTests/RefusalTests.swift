import CurlTransport
import RecordingHost
import RecordingKit
import Testing

@Suite("A request that must not be sent", .timeLimit(.minutes(5)))
struct RefusalTests {
    @Test(
        "is plain http to a host that is not loopback",
        arguments: [
            "http://example.invalid/", "http://10.0.0.1/", "http://localhost.example.invalid/", "http://[::2]/",
        ]
    )
    func insecure(text: String) async throws {
        let url = try #require(HTTPURL(text))
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: .none)) { transport in
            #expect(await transport.outcome(of: TransportRequest(url: url)) == .failed(.insecure))
        }
    }

    @Test(
        "would forge another part of the message",
        arguments: [
            ("GET", "X-A", "1\r\nX-B: 2"), ("GET", "X-A", "1\nX-B: 2"), ("GET", "X-A", "\0"),
            ("GET", "X-A: 1\r\nX-B", "2"),
            ("GET", "X A", "1"), ("GET", "", "1"), ("GET / HTTP/1.1\r\nX:", "X-A", "1"), ("", "X-A", "1"),
            ("GET", "Content-Length", "5"), ("GET", "transfer-encoding", "chunked"), ("GET", "Host", "other"),
            ("CONNECT", "X-A", "1"),
        ]
    )
    func forged(method: String, name: String, value: String) async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.answer() }
        } _: { transport, server in
            var headers = HTTPHeaders()
            headers.add(name, value)
            let outcome = await transport.outcome(of: try server.request(method, headers: headers))
            #expect(outcome == .failed(.transportFailed))
            #expect(server.accepted == 0)
        }
    }
}
