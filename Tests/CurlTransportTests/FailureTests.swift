import CurlTransport
import RecordingHost
import RecordingKit
import Testing

@Suite("A failed exchange", .timeLimit(.minutes(5)))
struct FailureTests {
    /// What a server does, and what the host learns.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: TransportError.Kind
        var limits = TransportLimits()
        let script: ScriptedServer.Script

        init(
            _ description: String,
            _ kind: TransportError.Kind,
            limits: TransportLimits = TransportLimits(),
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
            Fault("close within chunks", .truncated) {
                $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf")
            },
            Fault("close within gzip", .truncated) {
                $0.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99\r\n\r\n")
                $0.send(Array(Gzip.hello.prefix(20)))
            },
            Fault("close without an answer", .connectionBroken) { _ in },
            Fault("reset within the content", .connectionBroken) {
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                $0.reset()
            },
            Fault("garbage for a status line", .malformed) { $0.send("SSH-2.0-Open\r\n\r\n") },
            Fault("no colon in a field", .malformed) {
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nnonsense\r\n\r\n")
            },
            Fault("content that is not gzip", .malformed) {
                $0.answer("200 OK", ["Content-Encoding: gzip"], text: "plain text, not compressed")
            },
            Fault("a header section without end", .malformed) { connection in
                connection.send("HTTP/1.1 200 OK\r\n")
                while connection.send("X-Again: and again\r\n") {}
            },
            Fault("interim answers without end", .malformed) { connection in
                while connection.send("HTTP/1.1 103 Early Hints\r\nX-Again: and again\r\n\r\n") {}
            },
            Fault("an announced length over the limit", .tooLarge, limits: TransportLimits(bodyBytes: 1000)) {
                $0.answer(body: [UInt8](repeating: 0, count: 1001))
            },
            Fault("content without end over the limit", .tooLarge, limits: TransportLimits(bodyBytes: 100_000)) {
                connection in
                connection.send("HTTP/1.1 200 OK\r\n\r\n")
                while connection.send([UInt8](repeating: 0, count: 4096)) {}
            },
            Fault("a gzip bomb", .tooLarge, limits: TransportLimits(bodyBytes: 64 << 10)) {
                $0.answer("200 OK", ["Content-Encoding: gzip"], body: Gzip.bomb)
                $0.stall()
            },
            Fault("silence", .timedOut, limits: TransportLimits(idleTimeout: .milliseconds(60))) { $0.stall() },
            Fault("silence within the content", .timedOut, limits: TransportLimits(idleTimeout: .milliseconds(60))) {
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                $0.stall()
            },
            Fault("a slow drip", .timedOut, limits: TransportLimits(totalTimeout: .milliseconds(150))) { connection in
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while connection.pause(milliseconds: 5), connection.send("x") {}
            },
        ]
    )
    func kinds(fault: Fault) async throws {
        try await withServer(fault.script) { transport, server in
            let outcome = await transport.outcome(of: try server.request(limits: fault.limits))
            #expect(outcome == .failed(fault.kind))
        }
    }

    @Test("by an idle time-out is not what a slow but steady server gets")
    func steadyServer() async throws {
        try await withServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n")
            for _ in 0..<20 where connection.pause(milliseconds: 20) { connection.send("x") }
        } _: { transport, server in
            let limits = TransportLimits(idleTimeout: .milliseconds(200))
            let response = try await transport.send(server.request(limits: limits))
            #expect(response.body.count == 20)
        }
    }

    @Test("leaves the transport fit for the next one")
    func nextExchange() async throws {
        try await withServer { connection in
            connection.answerAll { request in
                if request.path == "/stall" { connection.stall() } else { connection.answer(text: "fine") }
            }
        } _: { transport, server in
            let limits = TransportLimits(idleTimeout: .milliseconds(50))
            for _ in 0..<3 {
                #expect(
                    await transport.outcome(of: try server.request("GET", "/stall", limits: limits))
                        == .failed(.timedOut)
                )
                let response = try await transport.send(server.request())
                #expect(response.text == "fine")
            }
        }
    }

    @Test("takes a body of exactly the limit")
    func exactLimit() async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.answer(body: [UInt8](repeating: 7, count: 1000)) }
        } _: { transport, server in
            let limits = TransportLimits(bodyBytes: 1000)
            let response = try await transport.send(server.request(limits: limits))
            #expect(response.body.count == 1000)
        }
    }

    @Test("to connect is told as such")
    func refusedConnection() async throws {
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: .none)) { transport in
            let (descriptor, port) = try Sockets.listen()
            Sockets.closeQuietly(descriptor)
            let url = try #require(HTTPURL("http://127.0.0.1:\(port)/"))
            #expect(await transport.outcome(of: TransportRequest(url: url)) == .failed(.notConnected))
        }
    }

    @Test("to connect in time is a time-out")
    func slowConnection() async throws {
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: .none)) { transport in
            let full = try FullListener()
            defer { full.close() }
            let url = try #require(HTTPURL("http://127.0.0.1:\(full.port)/"))
            let limits = TransportLimits(connectTimeout: .milliseconds(80))
            #expect(await transport.outcome(of: TransportRequest(url: url, limits: limits)) == .failed(.timedOut))
        }
    }

    @Test("says nothing about URL, fields or content")
    func message() async throws {
        try await withServer { connection in
            if connection.nextRequest() != nil {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX: planted\r\n\r\nplanted")
            }
        } _: { transport, server in
            let request = try server.request("POST", "/planted", headers: ["X": "planted"], body: Array("planted".utf8))
            let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
            #expect(error.map { !"\($0)".contains("planted") && !"\($0)".contains("127.0.0.1") } == true)
        }
    }
}
