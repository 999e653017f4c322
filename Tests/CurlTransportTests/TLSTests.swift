import CurlTransport
import Foundation
import RecordingHost
import RecordingKit
import Testing

@Suite("TLS", .timeLimit(.minutes(5)), .enabled(if: OpenSSLServer.isAvailable, "needs the openssl command"))
struct TLSTests {
    @Test("refuses a certificate that nobody vouches for")
    func unknownAuthority() async throws {
        let server = try OpenSSLServer()
        defer { server.stop() }
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: .none)) { transport in
            let outcome = await transport.outcome(of: try server.request())
            #expect(outcome == .failed(.tlsFailed))
        }
    }

    @Test("accepts a certificate of the authority that was configured, for its own host only")
    func configuredAuthority() async throws {
        let server = try OpenSSLServer()
        defer { server.stop() }
        let configuration = CurlTransportConfiguration(
            proxy: .none,
            certificateAuthorityFile: server.certificateFile
        )
        try await withCurlTransport(configuration: configuration) { transport in
            let outcome = await transport.outcome(of: try server.request())
            #expect(outcome == .answered(200))
            let other = await transport.outcome(of: try server.request(host: "127.0.0.1"))
            #expect(other == .failed(.tlsFailed))
        }
    }

    @Test("refuses versions before 1.2")
    func oldVersion() async throws {
        let server = try OpenSSLServer(options: ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"])
        defer { server.stop() }
        let configuration = CurlTransportConfiguration(
            proxy: .none,
            certificateAuthorityFile: server.certificateFile
        )
        try await withCurlTransport(configuration: configuration) { transport in
            let outcome = await transport.outcome(of: try server.request())
            #expect(outcome == .failed(.tlsFailed))
        }
    }

    @Test("tells a host that does not speak it")
    func plainHost() async throws {
        try await withServer { connection in
            _ = connection.pause(milliseconds: 1000)
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        } _: { transport, server in
            let url = try #require(HTTPURL("https://127.0.0.1:\(server.port)/"))
            #expect(await transport.outcome(of: TransportRequest(url: url)) == .failed(.tlsFailed))
        }
    }
}
