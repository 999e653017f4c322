import CurlTransport
import RecordingHost
import RecordingKit
import Synchronization
import Testing

@Suite("A proxy", .timeLimit(.minutes(5)))
struct ProxyTests {
    /// How the proxy's address reaches the transport.
    enum Way: String, CaseIterable {
        case url
        case lowerCase = "http_proxy"
        case upperCase = "HTTP_PROXY"
        case all = "ALL_PROXY"

        func setting(_ address: String) -> ProxySetting {
            self == .url ? .url(address) : .environment([rawValue: address])
        }
    }

    @Test("gets plain requests in absolute form, with its own credentials", arguments: Way.allCases)
    func plainRequest(way: Way) async throws {
        let proxy = try ScriptedServer { connection in
            connection.answerAll { connection.answer(text: $0.head) }
        }
        defer { proxy.stop() }
        let setting = way.setting("http://user:pass@127.0.0.1:\(proxy.port)")
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: setting)) { transport in
            let url = try #require(HTTPURL("http://example.invalid/a?b=c"))
            let limits = TransportLimits(allowsInsecureHTTP: true)
            let head = try await transport.send(TransportRequest(url: url, limits: limits)).text
            #expect(head.hasPrefix("GET http://example.invalid/a?b=c HTTP/1.1\r\n"))
            #expect(head.contains("\r\nProxy-Authorization: Basic dXNlcjpwYXNz"))
        }
    }

    @Test("is asked for a tunnel to secure hosts, and its refusal is a failed connection", arguments: [403, 407, 502])
    func refusedTunnel(status: Int) async throws {
        let lines = Mutex<[String]>([])
        let proxy = try ScriptedServer { connection in
            connection.answerAll { request in
                lines.withLock { $0.append(request.line) }
                connection.answer("\(status) No")
            }
        }
        defer { proxy.stop() }
        let setting = ProxySetting.environment(["https_proxy": "http://127.0.0.1:\(proxy.port)"])
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: setting)) { transport in
            let url = try #require(HTTPURL("https://example.invalid/secret"))
            let headers: HTTPHeaders = ["Authorization": "planted"]
            #expect(await transport.outcome(of: TransportRequest(url: url, headers: headers)) == .failed(.notConnected))
        }
        #expect(lines.withLock { $0 } == ["CONNECT example.invalid:443 HTTP/1.1"])
    }

    @Test("is never used for loopback hosts")
    func loopback() async throws {
        let proxy = try ScriptedServer { connection in connection.answerAll { _ in connection.answer("502 Proxy") } }
        defer { proxy.stop() }
        let configuration = CurlTransportConfiguration(proxy: .url("http://127.0.0.1:\(proxy.port)"))
        try await withServer(configuration: configuration) { connection in
            connection.answerAll { _ in connection.answer() }
        } _: { transport, server in
            let outcome = await transport.outcome(of: try server.request())
            #expect(outcome == .answered(200))
        }
        #expect(proxy.accepted == 0)
    }

    @Test(
        "is not used for the hosts of no_proxy",
        arguments: ["example.invalid", ".invalid", "*", "other, example.invalid"]
    )
    func exceptions(list: String) async throws {
        let proxy = try ScriptedServer { connection in connection.answerAll { _ in connection.answer() } }
        defer { proxy.stop() }
        let setting = ProxySetting.environment(["all_proxy": "http://127.0.0.1:\(proxy.port)", "no_proxy": list])
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: setting)) { transport in
            let url = try #require(HTTPURL("http://example.invalid/"))
            let limits = TransportLimits(totalTimeout: .milliseconds(500), allowsInsecureHTTP: true)
            let outcome = await transport.outcome(of: TransportRequest(url: url, limits: limits))
            #expect(outcome == .failed(.unresolvedHost) || outcome == .failed(.timedOut))
        }
        #expect(proxy.accepted == 0)
    }

    @Test("that is named in capitals is ignored under CGI")
    func commonGateway() async throws {
        let proxy = try ScriptedServer { connection in connection.answerAll { _ in connection.answer() } }
        defer { proxy.stop() }
        let address = "http://127.0.0.1:\(proxy.port)"
        let setting = ProxySetting.environment(["HTTP_PROXY": address, "REQUEST_METHOD": "GET"])
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: setting)) { transport in
            let url = try #require(HTTPURL("http://example.invalid/"))
            let limits = TransportLimits(totalTimeout: .milliseconds(500), allowsInsecureHTTP: true)
            _ = await transport.outcome(of: TransportRequest(url: url, limits: limits))
        }
        #expect(proxy.accepted == 0)
    }

    @Test("never shows its password")
    func hiddenPassword() {
        let settings = [
            ProxySetting.url("http://user:planted@proxy"), .environment(["all_proxy": "http://user:planted@proxy"]),
        ]
        for setting in settings {
            var dumped = ""
            dump(CurlTransportConfiguration(proxy: setting), to: &dumped)
            #expect(!"\(setting) \(String(reflecting: setting)) \(dumped)".contains("planted"))
        }
    }
}
