import CurlTransport
import RecordingHost
import RecordingKit
import Testing

@Suite("A failed fetch", .timeLimit(.minutes(5)))
struct MediaFailureTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: TransportError.Kind
        var limits = MediaLimits()
        let script: ScriptedServer.Script

        init(
            _ description: String,
            _ kind: TransportError.Kind,
            limits: MediaLimits = MediaLimits(),
            script: @escaping ScriptedServer.Script
        ) {
            testDescription = description
            self.kind = kind
            self.limits = limits
            self.script = { connection in
                if connection.nextRequest() != nil { script(connection) }
            }
        }
    }

    @Test(
        "is told by its kind",
        arguments: [
            Fault("close after half the length", .truncated) {
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            },
            Fault("close before the first byte of the body", .truncated) {
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            },
            Fault("close within chunks", .truncated) {
                $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf")
            },
            Fault("close between chunks", .truncated) {
                $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
            },
            Fault("close without an answer", .connectionBroken) { _ in },
            Fault("reset within the content", .connectionBroken) {
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                $0.reset()
            },
            Fault("garbage for a status line", .malformed) { $0.send("SSH-2.0-Open\r\n\r\n") },
            Fault("a header section without end", .malformed) { connection in
                connection.send("HTTP/1.1 200 OK\r\n")
                while connection.send("X-Again: and again\r\n") {}
            },
            Fault("silence", .timedOut, limits: MediaLimits(idleTimeout: .milliseconds(60))) { $0.stall() },
            Fault("silence within the content", .timedOut, limits: MediaLimits(idleTimeout: .milliseconds(60))) {
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                $0.stall()
            },
            Fault(
                "a drip that never falls silent",
                .timedOut,
                limits: MediaLimits(bytesEverySlowPeriod: 100_000, slowPeriod: .milliseconds(150))
            ) { connection in
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while connection.pause(milliseconds: 5), connection.send("x") {}
            },
        ]
    )
    func kinds(fault: Fault) async throws {
        try await withMediaServer(fault.script) { transport, server in
            let outcome = await transport.outcome(of: try server.media(limits: fault.limits))
            #expect(outcome == .failed(fault.kind))
        }
    }

    @Test("has handed over what came before")
    func partial() async throws {
        try await withMediaServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.send("HTTP/1.1 206 Partial\r\nContent-Length: 100\r\n\r\nhalf")
        } _: { transport, server in
            let collector = Collector()
            let outcome = await transport.outcome(of: try server.media(), into: collector)
            #expect(outcome == .failed(.truncated))
            #expect(collector.heads.map(\.status) == [206])
            #expect(collector.text == "half")
        }
    }

    @Test("of a connection is told before anything is sent")
    func refusedConnection() async throws {
        let server = try ScriptedServer { _ in }
        let request = try server.media()
        server.stop()
        try await withCurlMediaTransport(configuration: CurlMediaTransportConfiguration(proxy: .none)) { transport in
            let outcome = await transport.outcome(of: request)
            #expect(outcome == .failed(.notConnected))
        }
    }

    @Test("sends plain http nowhere but to loopback hosts, unless it is allowed")
    func insecure() async throws {
        try await withCurlMediaTransport(configuration: CurlMediaTransportConfiguration(proxy: .none)) { transport in
            let url = try #require(HTTPURL("http://192.0.2.1/"))
            #expect(await transport.outcome(of: MediaRequest(url: url)) == .failed(.insecure))
            let limits = MediaLimits(allowsInsecureHTTP: true)
            #expect(await transport.outcome(of: MediaRequest(url: url, limits: limits)) == .failed(.addressRefused))
        }
    }

    @Test("refuses header fields that belong to the connection or hold line breaks")
    func forgedFields() async throws {
        try await withCurlMediaTransport(configuration: CurlMediaTransportConfiguration(proxy: .none)) { transport in
            let url = try #require(HTTPURL("https://files.example/"))
            for headers in [["Host": "else.example"], ["X-A": "b\r\nX-C: d"]] as [HTTPHeaders] {
                let outcome = await transport.outcome(of: MediaRequest(url: url, headers: headers))
                #expect(outcome == .failed(.transportFailed))
            }
        }
    }

    @Test("by shutting down is told as such")
    func shutdown() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withMediaServer { connection in
            guard connection.nextRequest() != nil else { return }
            arrival.yield()
            connection.stall()
        } _: { transport, server in
            let request = try server.media()
            async let outcome = transport.outcome(of: request)
            for await _ in arrived { break }
            await transport.shutdown()
            #expect(await outcome == .failed(.transportFailed))
            #expect(await transport.outcome(of: request) == .failed(.transportFailed))
        }
    }
}
