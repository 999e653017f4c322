import CurlTransport
import RecordingHost
import RecordingKit
import Testing

@Suite("The receiver of a file", .timeLimit(.minutes(5)))
struct MediaReceiverTests {
    @Test(
        "that wants no body ends the call without an error and closes the connection",
        arguments: ["/body", "/empty"]
    )
    func unwanted(path: String) async throws {
        let (gone, departure) = AsyncStream.makeStream(of: Void.self)
        try await withMediaServer { connection in
            guard let request = connection.nextRequest() else { return }
            let length = request.path == "/empty" ? 0 : 1 << 40
            connection.send("HTTP/1.1 404 None\r\nContent-Length: \(length)\r\n\r\n")
            if length > 0 { while connection.send([UInt8](repeating: 0, count: 4096)) {} }
            departure.yield()
        } _: { transport, server in
            let collector = Collector(wants: false)
            let outcome = await transport.outcome(of: try server.media(path), into: collector)
            #expect(outcome == .answered(404))
            #expect(collector.heads.count == 1)
            #expect(collector.parts == 0)
            for await _ in gone { break }
        }
    }

    @Test("that fails ends the call with its own error", arguments: [0, 1, 3])
    func failing(part: Int) async throws {
        try await withMediaServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while connection.send([UInt8](repeating: 0, count: 4096)) {}
        } _: { transport, server in
            let collector = Collector(failsAtPart: part)
            let request = try server.media()
            let error = await #expect(throws: Collector.Refusal.self) {
                try await transport.fetch(request, into: collector)
            }
            #expect(error?.number == part)
            #expect(collector.parts == part)
        }
    }

    @Test("that fails at the head of an empty body ends the call with its own error")
    func failingWithoutBody() async throws {
        try await withMediaServer { connection in
            connection.answerAll { _ in connection.answer() }
        } _: { transport, server in
            let request = try server.media()
            let error = await #expect(throws: Collector.Refusal.self) {
                try await transport.fetch(request, into: Collector(failsAtPart: 0))
            }
            #expect(error?.number == 0)
        }
    }

    @Test("is let go of when the call has ended")
    func release() async throws {
        try await withMediaServer { connection in
            connection.answerAll { _ in connection.answer(text: "body") }
        } _: { transport, server in
            weak var remembered: Collector?
            do {
                let collector = Collector()
                remembered = collector
                try await transport.fetch(try server.media(), into: collector)
            }
            // The loop lets go of the finished exchange when it has answered: the next exchange comes after that.
            try await transport.fetch(try server.media(), into: Collector())
            #expect(remembered == nil)
        }
    }
}
