import CurlTransport
import RecordingHost
import RecordingKit
import Testing

@Suite("An exchange", .timeLimit(.minutes(5)))
struct ExchangeTests {
    @Test("returns status, fields and content")
    func wholeAnswer() async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.answer("418 I'm a teapot", ["X-One: 1"], text: "short and stout") }
        } _: { transport, server in
            let response = try await transport.send(server.request())
            #expect(response.status == 418)
            #expect(response.headers["x-one"] == "1")
            #expect(response.text == "short and stout")
        }
    }

    @Test("sends method and content as they are", arguments: ["GET", "POST", "PUT", "DELETE", "PATCH"])
    func requestContent(method: String) async throws {
        try await withServer { connection in
            connection.answerAll {
                connection.answer(text: "\($0.head)\r\n\r\n\(String(decoding: $0.body, as: UTF8.self))")
            }
        } _: { transport, server in
            let body = Array("a\0b ü".utf8)
            let echo = try await transport.send(
                server.request(method, "/a/../b?q=%2B&r", headers: ["Content-Type": "text/x"], body: body)
            ).text
            #expect(echo.hasPrefix("\(method) /b?q=%2B&r HTTP/1.1\r\n"))
            #expect(echo.hasSuffix("\r\n\r\na\0b ü"))
            #expect(echo.contains("\r\nContent-Type: text/x\r\n"))
            #expect(echo.contains("\r\nUser-Agent: tapedeck/"))
            #expect(echo.contains("\r\nAccept-Encoding: "))
            #expect(!echo.contains("Expect:"))
        }
    }

    @Test("invents no content and no content type", arguments: ["GET", "POST", "PUT", "DELETE", "HEAD"])
    func noContent(method: String) async throws {
        try await withServer { connection in
            connection.answerAll { connection.answer("200 OK", ["X-Type: \($0.value("Content-Type") ?? "none")"]) }
        } _: { transport, server in
            let response = try await transport.send(server.request(method))
            #expect(response.headers["X-Type"] == "none")
        }
    }

    @Test("sends header fields in order, with duplicates and empty values, and the request's own user agent")
    func requestFields() async throws {
        try await withServer { connection in
            connection.answerAll { connection.answer(text: $0.head) }
        } _: { transport, server in
            let headers: HTTPHeaders = ["X-A": "1", "X-B": "", "X-A": "2", "User-Agent": "mine/2"]
            let echo = try await transport.send(server.request(headers: headers)).text
            let sent = echo.split(separator: "\r\n").filter { $0.hasPrefix("X-") || $0.hasPrefix("User-Agent") }
            #expect(sent == ["X-A: 1", "X-B:", "X-A: 2", "User-Agent: mine/2"])
        }
    }

    @Test("keeps duplicate fields in order, and leaves out interim answers and trailers")
    func answerFields() async throws {
        try await withServer { connection in
            connection.answerAll { _ in
                connection.send(
                    """
                    HTTP/1.1 103 Early Hints\r
                    Link: <early>\r
                    \r
                    HTTP/1.1 200 OK\r
                    Link: <first>\r
                    X-Between: 1\r
                    link: <second>\r
                    Transfer-Encoding: chunked\r
                    \r
                    3\r
                    abc\r
                    2\r
                    de\r
                    0\r
                    Link: <trailer>\r
                    \r

                    """
                )
            }
        } _: { transport, server in
            let response = try await transport.send(server.request())
            #expect(response.text == "abcde")
            #expect(response.headers.fields.prefix(3).map(\.value) == ["<first>", "1", "<second>"])
            #expect(response.headers.values(of: "Link") == ["<first>", "<second>"])
        }
    }

    @Test("ends without content where there is none", arguments: [204, 304])
    func statusWithoutContent(status: Int) async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.send("HTTP/1.1 \(status) X\r\nETag: \"1\"\r\n\r\n") }
        } _: { transport, server in
            for _ in 0..<2 {
                let response = try await transport.send(server.request())
                #expect(response.status == status)
                #expect(response.body.isEmpty)
            }
            #expect(server.accepted == 1)
        }
    }

    @Test("asks for the head alone, whatever length is announced")
    func headRequest() async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n") }
        } _: { transport, server in
            let limits = TransportLimits(bodyBytes: 10)
            let response = try await transport.send(server.request("HEAD", limits: limits))
            #expect(response.headers["Content-Length"] == "99999999")
            #expect(response.body.isEmpty)
        }
    }

    @Test("returns redirects instead of following them")
    func redirect() async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.answer("302 Found", ["Location: /elsewhere"]) }
        } _: { transport, server in
            let response = try await transport.send(server.request())
            #expect(response.status == 302)
            #expect(response.headers["Location"] == "/elsewhere")
            #expect(server.accepted == 1)
        }
    }

    @Test("stores no cookies and sends none")
    func cookies() async throws {
        try await withServer { connection in
            connection.answerAll {
                connection.answer("200 OK", ["Set-Cookie: a=b; Path=/"], text: $0.value("Cookie") ?? "")
            }
        } _: { transport, server in
            for _ in 0..<2 {
                let response = try await transport.send(server.request())
                #expect(response.text.isEmpty)
            }
        }
    }

    @Test("takes nothing over from the one before")
    func independence() async throws {
        try await withServer { connection in
            connection.answerAll { request in
                let echo = request.value("X-Only").map { ["X-Echo: \($0)"] } ?? []
                let isHead = request.line.hasPrefix("HEAD")
                connection.answer("200 OK", echo, body: isHead ? [] : Array(request.line.utf8) + request.body)
            }
        } _: { transport, server in
            for method in ["GET", "POST", "HEAD", "PUT", "DELETE"] {
                let body = ["POST", "PUT"].contains(method) ? Array("+content".utf8) : nil
                let first = try await transport.send(server.request(method, headers: ["X-Only": "1"], body: body))
                #expect(first.headers["X-Echo"] == "1")
                let second = try await transport.send(server.request())
                #expect(second.text == "GET / HTTP/1.1")
                #expect(second.headers["X-Echo"] == nil)
            }
            #expect(server.accepted == 1)
        }
    }

    @Test("decompresses gzip")
    func decompression() async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.answer("200 OK", ["Content-Encoding: gzip"], body: Gzip.hello) }
        } _: { transport, server in
            let response = try await transport.send(server.request())
            #expect(response.text == "gzip says hello, hello, hello")
        }
    }

    @Test("uses one connection for one request after the other")
    func reuse() async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.answer(text: "x") }
        } _: { transport, server in
            for _ in 0..<20 { _ = try await transport.send(server.request()) }
            #expect(server.accepted == 1)
        }
    }

    @Test("goes on with a fresh connection when the kept one was closed by the server")
    func staleConnection() async throws {
        try await withServer { connection in
            if connection.nextRequest() != nil { connection.answer(text: "once") }
        } _: { transport, server in
            for _ in 0..<5 {
                let response = try await transport.send(server.request())
                #expect(response.text == "once")
            }
            #expect(server.accepted == 5)
        }
    }

    @Test("serves 256 calls at once")
    func concurrency() async throws {
        try await withServer { connection in
            connection.answerAll { connection.answer(text: $0.path) }
        } _: { transport, server in
            let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<256 {
                    let request = try server.request("GET", "/\(index)")
                    group.addTask { try await transport.send(request).text != "/\(index)" }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(wrong == 0)
        }
    }
}
