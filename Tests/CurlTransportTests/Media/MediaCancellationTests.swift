import CurlTransport
import RecordingHost
import RecordingKit
import Testing

@Suite("Cancelling a fetch", .timeLimit(.minutes(5)))
struct MediaCancellationTests {
    @Test("before it starts sends nothing")
    func beforeStart() async throws {
        try await withMediaServer { connection in
            connection.answerAll { _ in connection.answer() }
        } _: { transport, server in
            let request = try server.media()
            let outcome = await withTaskGroup(of: Outcome.self) { group in
                group.cancelAll()
                group.addTask { await transport.outcome(of: request) }
                return await group.next()
            }
            #expect(outcome == .cancelled)
            #expect(server.accepted == 0)
        }
    }

    @Test("while it connects ends it")
    func whileConnecting() async throws {
        try await withCurlMediaTransport(configuration: CurlMediaTransportConfiguration(proxy: .none)) { transport in
            let full = try FullListener()
            defer { full.close() }
            let url = try #require(HTTPURL("http://127.0.0.1:\(full.port)/"))
            let request = MediaRequest(
                url: url,
                limits: MediaLimits(connectTimeout: .seconds(300)),
                addresses: AddressPolicy(allowsLoopback: true)
            )
            let outcome = await transport.outcomeOfCancelling(request) {
                for _ in 0..<100 { await Task.yield() }
            }
            #expect(outcome == .cancelled)
        }
    }

    @Test("in the middle ends it, closes the connection and calls the receiver no more")
    func whileReceiving() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let (gone, departure) = AsyncStream.makeStream(of: Void.self)
        try await withMediaServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while connection.send([UInt8](repeating: 0, count: 4096)) {}
            departure.yield()
        } _: { transport, server in
            let collector = Collector { if $0 == 100 { arrival.yield() } }
            let outcome = await transport.outcomeOfCancelling(try server.media(), into: collector) {
                for await _ in arrived { break }
            }
            #expect(outcome == .cancelled)
            for await _ in gone { break }
            #expect(!collector.isCalledLate)
        }
    }

    @Test(
        "holds 200 times at random moments, no receiver called late and no descriptor left behind",
        arguments: [nil, 30_000_000]
    )
    func randomMoments(rate: Int?) async throws {
        let server = try ScriptedServer { connection in
            connection.answerAll { request in
                switch request.path {
                case "/stall": connection.stall()
                case "/half": connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
                default: connection.answer(body: [UInt8](repeating: 1, count: 400_000))
                }
            }
        }
        let configuration = CurlMediaTransportConfiguration(proxy: .none, bytesPerSecond: rate)
        let outcomes = try await withCurlMediaTransport(configuration: configuration) { transport in
            let requests = try ["/stall", "/half", "/whole", "/whole"].map { path in
                var request = try server.media(path)
                // On a busy machine the moments of cancelling come late.
                request.limits.idleTimeout = .seconds(3_600)
                request.limits.bytesEverySlowPeriod = 0
                return request
            }
            return await withTaskGroup(of: [Outcome].self) { group in
                for worker in 0..<20 {
                    group.addTask {
                        var moments = SeededGenerator(seed: UInt64(worker))
                        var outcomes: [Outcome] = []
                        for _ in 0..<10 {
                            let request = requests[Int.random(in: 0..<4, using: &moments)]
                            let patience = Int.random(in: 0..<500, using: &moments)
                            let collector = Collector()
                            let outcome = await transport.outcomeOfCancelling(request, into: collector) {
                                for _ in 0..<patience { await Task.yield() }
                            }
                            #expect(!collector.isCalledLate)
                            #expect(outcome != .answered(200) || collector.body.count == 400_000)
                            outcomes.append(outcome)
                        }
                        return outcomes
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
        }
        #expect(outcomes.count == 200)
        #expect(Set(outcomes).isSubset(of: [.cancelled, .answered(200)]))
        server.stop()
        #expect(Sockets.connections(withPort: server.port) == 0)
    }
}
