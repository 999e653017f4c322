import CurlTransport
import RecordingHost
import RecordingKit
import Synchronization
import Testing

@Suite("Fetching a file", .timeLimit(.minutes(5)))
struct MediaFetchTests {
    @Test("sends a GET that asks for no content coding")
    func request() async throws {
        try await withMediaServer { connection in
            connection.answerAll { connection.answer(text: $0.head) }
        } _: { transport, server in
            let collector = Collector()
            let request = try server.media("/a/b?c=d", headers: ["Range": "bytes=5-", "X-Empty": ""])
            try await transport.fetch(request, into: collector)
            let lines = collector.text.split(separator: "\r\n")
            #expect(lines.first == "GET /a/b?c=d HTTP/1.1")
            #expect(lines.contains("Accept-Encoding: identity"))
            #expect(lines.contains("Range: bytes=5-"))
            #expect(lines.contains("User-Agent: tapedeck/1.0"))
            #expect(lines.count { $0.lowercased().hasPrefix("accept-encoding") } == 1)
        }
    }

    @Test("leaves a content coding that the request asks for undone")
    func coding() async throws {
        try await withMediaServer { connection in
            connection.answerAll { request in
                connection.answer(
                    "200 \(request.value("Accept-Encoding") ?? "")",
                    ["Content-Encoding: gzip"],
                    body: Gzip.hello
                )
            }
        } _: { transport, server in
            for headers in [[:], ["accept-encoding": "gzip"]] as [HTTPHeaders] {
                let collector = Collector()
                try await transport.fetch(try server.media(headers: headers), into: collector)
                #expect(collector.body == Gzip.hello)
                #expect(collector.heads.first?.headers["Content-Encoding"] == "gzip")
            }
        }
    }

    @Test("hands over 64 MB byte for byte, in order", arguments: [true, false])
    func largeBody(isChunked: Bool) async throws {
        let body = pattern(count: 64 << 20)
        try await withMediaServer { connection in
            connection.answerAll { _ in
                guard isChunked else {
                    connection.answer(body: body)
                    return
                }
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                var sent = 0
                while sent < body.count {
                    let part = Array(body[sent..<min(body.count, sent + 700_001)])
                    connection.send(Array("\(String(part.count, radix: 16))\r\n".utf8) + part + [13, 10])
                    sent += part.count
                }
                connection.send("0\r\nX-Trailer: 1\r\n\r\n")
            }
        } _: { transport, server in
            let collector = Collector()
            try await transport.fetch(try server.media(), into: collector)
            #expect(collector.body == body)
            #expect(collector.heads.count == 1)
            #expect(collector.heads.first?.headers["X-Trailer"] == nil)
        }
    }

    @Test("tells the head of any answer once, also of an empty one", arguments: [200, 204, 206, 302, 404, 416, 500])
    func anyStatus(status: Int) async throws {
        try await withMediaServer { connection in
            connection.answerAll { request in
                connection.send("HTTP/1.1 103 Early Hints\r\nLink: planted\r\n\r\n")
                let body = status == 204 || request.path == "/empty" ? [] : Array("body".utf8)
                let fields = ["X-Twice: 1", "Location: /else", "X-Twice: 2"]
                if status == 204 {
                    connection.send("HTTP/1.1 204 None\r\n\(fields.joined(separator: "\r\n"))\r\n\r\n")
                } else {
                    connection.answer("\(status) Such", fields, body: body)
                }
            }
        } _: { transport, server in
            for path in ["/", "/empty"] {
                let collector = Collector()
                try await transport.fetch(try server.media(path), into: collector)
                #expect(collector.heads.map(\.status) == [status])
                let fields = collector.heads.first?.headers.fields ?? []
                #expect(fields.filter { $0.name == "X-Twice" }.map(\.value) == ["1", "2"])
                #expect(!fields.contains { $0.name == "Link" })
                #expect(collector.text == (status == 204 || path == "/empty" ? "" : "body"))
            }
        }
    }

    @Test("leaves out what comes beyond the announced length")
    func excess() async throws {
        try await withMediaServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 200 forged and more")
            connection.stall()
        } _: { transport, server in
            let collector = Collector()
            try await transport.fetch(try server.media(), into: collector)
            #expect(collector.text == "body")
        }
    }

    @Test("takes the end of the connection for the end of an answer that announces none")
    func untilClose() async throws {
        try await withMediaServer { connection in
            if connection.nextRequest() != nil { connection.send("HTTP/1.1 200 OK\r\n\r\nbody") }
        } _: { transport, server in
            let collector = Collector()
            try await transport.fetch(try server.media(), into: collector)
            #expect(collector.text == "body")
        }
    }

    @Test("uses a connection again")
    func keepAlive() async throws {
        try await withMediaServer { connection in
            connection.answerAll { _ in connection.answer(text: "body") }
        } _: { transport, server in
            for _ in 0..<5 {
                let outcome = await transport.outcome(of: try server.media())
                #expect(outcome == .answered(200))
            }
            #expect(server.accepted == 1)
        }
    }

    @Test("serves others while one stalls")
    func concurrent() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let body = pattern(count: 1 << 20)
        try await withMediaServer { connection in
            connection.answerAll { request in
                guard request.path != "/stall" else {
                    arrival.yield()
                    return connection.stall()
                }
                connection.answer(body: body)
            }
        } _: { transport, server in
            let others = try (0..<8).map { try server.media("/\($0)") }
            let outcome = await transport.outcomeOfCancelling(try server.media("/stall")) {
                for await _ in arrived { break }
                await withTaskGroup(of: Void.self) { group in
                    for other in others {
                        group.addTask {
                            let collector = Collector()
                            let outcome = await transport.outcome(of: other, into: collector)
                            #expect(outcome == .answered(200))
                            #expect(collector.body == body)
                        }
                    }
                }
            }
            #expect(outcome == .cancelled)
        }
    }
}
