import CurlTransport
import RecordingHost
import RecordingKit
import Synchronization
import Testing

@Suite("The addresses that a file may come from", .timeLimit(.minutes(5)))
struct MediaAddressTests {
    private static let loopback = AddressPolicy(allowsLoopback: true)

    @Test(
        "are judged before anything is sent",
        arguments: ["127.0.0.1", "localhost", "127.1.2.3", "[::1]"],
        [AddressPolicy.publicOnly, AddressPolicy(allowsPrivate: true)]
    )
    func refused(host: String, addresses: AddressPolicy) async throws {
        try await withMediaServer { connection in
            connection.answerAll { _ in connection.answer() }
        } _: { transport, server in
            let limits = MediaLimits(allowsInsecureHTTP: true)
            let request = try server.media(host: host, limits: limits, addresses: addresses)
            let collector = Collector()
            let outcome = await transport.outcome(of: request, into: collector)
            #expect(outcome == .failed(.addressRefused))
            #expect(collector.heads.isEmpty)
            #expect(server.accepted == 0)
        }
    }

    @Test("that are written as a number are judged by what they mean", arguments: ["2130706433", "0x7f.1", "127.1"])
    func numbers(host: String) async throws {
        try await withMediaServer { connection in
            connection.answerAll { _ in connection.answer() }
        } _: { transport, server in
            let limits = MediaLimits(allowsInsecureHTTP: true)
            let request = try server.media(host: host, limits: limits, addresses: .publicOnly)
            #expect(await transport.outcome(of: request) == .failed(.addressRefused))
            #expect(server.accepted == 0)
        }
    }

    @Test("may be loopback where that is allowed", arguments: ["127.0.0.1", "localhost"])
    func allowed(host: String) async throws {
        try await withMediaServer { connection in
            connection.answerAll { _ in connection.answer() }
        } _: { transport, server in
            let request = try server.media(host: host)
            #expect(await transport.outcome(of: request) == .answered(200))
        }
    }

    @Test("hold for a connection that an earlier request has left")
    func keptConnection() async throws {
        let requests = Mutex(0)
        try await withMediaServer { connection in
            connection.answerAll { _ in
                requests.withLock { $0 += 1 }
                connection.answer()
            }
        } _: { transport, server in
            let allowing = try server.media(addresses: Self.loopback)
            let refusing = try server.media(addresses: .publicOnly)
            #expect(await transport.outcome(of: allowing) == .answered(200))
            #expect(await transport.outcome(of: refusing) == .failed(.addressRefused))
            #expect(requests.withLock { $0 } == 1)
            #expect(await transport.outcome(of: allowing) == .answered(200))
        }
    }

    @Test("that could not be reached are no refusal")
    func unreachable() async throws {
        let server = try ScriptedServer { _ in }
        let request = try server.media(host: "localhost")
        server.stop()
        try await withCurlMediaTransport(configuration: CurlMediaTransportConfiguration(proxy: .none)) { transport in
            #expect(await transport.outcome(of: request) == .failed(.notConnected))
        }
    }

    @Test("are the proxy's to judge, but for those that the URL names")
    func proxied() async throws {
        let proxy = try ScriptedServer { connection in
            connection.answerAll { connection.answer(text: $0.line) }
        }
        defer { proxy.stop() }
        let setting = ProxySetting.environment([
            "http_proxy": "http://127.0.0.1:\(proxy.port)", "no_proxy": "direct.invalid",
        ])
        try await withCurlMediaTransport(configuration: CurlMediaTransportConfiguration(proxy: setting)) { transport in
            func outcome(_ host: String, _ collector: Collector = Collector()) async throws -> Outcome {
                let url = try #require(HTTPURL("http://\(host)/file"))
                let limits = MediaLimits(connectTimeout: .milliseconds(500), allowsInsecureHTTP: true)
                return await transport.outcome(of: MediaRequest(url: url, limits: limits), into: collector)
            }
            let collector = Collector()
            #expect(try await outcome("files.invalid", collector) == .answered(200))
            #expect(collector.text == "GET http://files.invalid/file HTTP/1.1")
            for host in ["10.0.0.1", "169.254.169.254", "[fe80::1]", "localhost.", "0x7f000001", "a.localhost"] {
                #expect(try await outcome(host) == .failed(.addressRefused), "\(host)")
            }
            let direct = try await outcome("direct.invalid")
            #expect(direct == .failed(.unresolvedHost) || direct == .failed(.timedOut))
            #expect(proxy.accepted == 1)
        }
    }

    @Test("of a tunnel: the proxy's own answer is not taken for the file's")
    func refusedTunnel() async throws {
        let proxy = try ScriptedServer { connection in
            connection.answerAll { _ in connection.answer("403 No", text: "not the file") }
        }
        defer { proxy.stop() }
        let configuration = CurlMediaTransportConfiguration(proxy: .url("http://127.0.0.1:\(proxy.port)"))
        try await withCurlMediaTransport(configuration: configuration) { transport in
            let collector = Collector()
            let url = try #require(HTTPURL("https://files.invalid/"))
            #expect(await transport.outcome(of: MediaRequest(url: url), into: collector) == .failed(.notConnected))
            #expect(collector.heads.isEmpty)
        }
    }
}
