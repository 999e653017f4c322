import CurlTransport
import RecordingHost
import RecordingKit
import Testing

@Suite("Shutting down", .timeLimit(.minutes(5)))
struct ShutdownTests {
    @Test("ends calls that are under way")
    func outstandingCalls() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try ScriptedServer { connection in
            if connection.nextRequest() != nil { arrival.yield() }
            connection.stall()
        }
        defer { server.stop() }
        let transport = try CurlTransport(configuration: CurlTransportConfiguration(proxy: .none))
        let request = try server.request()
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for _ in 0..<10 { group.addTask { await transport.outcome(of: request) } }
            var count = 0
            for await _ in arrived {
                count += 1
                if count == 10 { break }
            }
            await transport.shutdown()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: .failed(.transportFailed), count: 10))
        server.stop()
        #expect(Sockets.connections(withPort: server.port) == 0)
    }

    @Test("refuses later calls and may be repeated")
    func laterCalls() async throws {
        let transport = try CurlTransport(configuration: CurlTransportConfiguration(proxy: .none))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { await transport.shutdown() } }
        }
        await transport.shutdown()
        let url = try #require(HTTPURL("http://127.0.0.1:9/"))
        #expect(await transport.outcome(of: TransportRequest(url: url)) == .failed(.transportFailed))
    }

    @Test("comes at the end of the scope, also when the scope throws")
    func scope() async throws {
        struct Stop: Error {}
        var escaped: CurlTransport?
        await #expect(throws: Stop.self) {
            try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: .none)) { transport in
                escaped = transport
                throw Stop()
            }
        }
        let url = try #require(HTTPURL("http://127.0.0.1:9/"))
        let outcome = await escaped?.outcome(of: TransportRequest(url: url))
        #expect(outcome == .failed(.transportFailed))
    }

    @Test("leaves no descriptors behind")
    func descriptors() async throws {
        let before = Sockets.openDescriptors()
        for _ in 0..<200 {
            try await withServer { connection in
                connection.answerAll { _ in connection.answer() }
            } _: { transport, server in
                _ = try await transport.send(server.request())
            }
        }
        // Other tests open and close descriptors meanwhile, but not one for each of these transports.
        #expect(Sockets.openDescriptors() < before + 200)
    }
}
