import CurlTransport
import RecordingHost
import RecordingKit
import Testing

@Suite("Cancelling a call", .timeLimit(.minutes(5)))
struct CancellationTests {
    @Test("before it starts sends nothing")
    func beforeStart() async throws {
        try await withServer { connection in
            connection.answerAll { _ in connection.answer() }
        } _: { transport, server in
            let request = try server.request()
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
        try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: .none)) { transport in
            let full = try FullListener()
            defer { full.close() }
            let url = try #require(HTTPURL("http://127.0.0.1:\(full.port)/"))
            // On a busy machine the time until the cancellation is not to be run out of.
            let limits = TransportLimits(connectTimeout: .seconds(300))
            let outcome = await outcomeOfCancelling(TransportRequest(url: url, limits: limits), on: transport) {
                for _ in 0..<100 { await Task.yield() }
            }
            #expect(outcome == .cancelled)
        }
    }

    @Test("while it waits for an answer ends it and closes the connection")
    func whileWaiting() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let (gone, departure) = AsyncStream.makeStream(of: Void.self)
        try await withServer { connection in
            if connection.nextRequest() != nil { arrival.yield() }
            connection.stall()
            departure.yield()
        } _: { transport, server in
            let outcome = await outcomeOfCancelling(try server.request(), on: transport) {
                for await _ in arrived { break }
            }
            #expect(outcome == .cancelled)
            for await _ in gone { break }
        }
    }

    @Test("while it receives ends it")
    func whileReceiving() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            for count in 0... {
                guard connection.send([UInt8](repeating: 0, count: 1024)) else { return }
                if count == 1000 { arrival.yield() }
                if count > 1000, !connection.pause(milliseconds: 1) { return }
            }
        } _: { transport, server in
            let outcome = await outcomeOfCancelling(try server.request(), on: transport) {
                for await _ in arrived { break }
            }
            #expect(outcome == .cancelled)
        }
    }

    @Test("disturbs no other call")
    func others() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer { connection in
            connection.answerAll { request in
                guard request.path != "/stall" else {
                    arrival.yield()
                    return connection.stall()
                }
                connection.answer(text: "fine")
            }
        } _: { transport, server in
            for _ in 0..<10 {
                async let other = transport.send(try server.request())
                let outcome = await outcomeOfCancelling(try server.request("GET", "/stall"), on: transport) {
                    for await _ in arrived { break }
                }
                #expect(outcome == .cancelled)
                let text = try await other.text
                #expect(text == "fine")
            }
        }
    }

    @Test("holds 20 000 times at random moments, each call ending once and no socket left behind")
    func randomMoments() async throws {
        let server = try ScriptedServer { connection in
            connection.answerAll { request in
                switch request.path {
                case "/stall": connection.stall()
                case "/half": connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
                default: connection.answer(body: [UInt8](repeating: 1, count: 2000))
                }
            }
        }
        let counts = try await withCurlTransport(configuration: CurlTransportConfiguration(proxy: .none)) { transport in
            let requests = try ["/stall", "/half", "/whole", "/whole"].map { try server.request("GET", $0) }
            let counts = await withTaskGroup(of: [Outcome: Int].self) { group in
                for worker in 0..<64 {
                    group.addTask {
                        var counts: [Outcome: Int] = [:]
                        var moments = SeededGenerator(seed: UInt64(worker))
                        for call in 0..<20_000 where call % 64 == worker {
                            let request = requests[Int.random(in: 0..<4, using: &moments)]
                            let patience = Int.random(in: 0..<40, using: &moments)
                            let outcome = await outcomeOfCancelling(request, on: transport) {
                                for _ in 0..<patience { await Task.yield() }
                            }
                            counts[outcome, default: 0] += 1
                        }
                        return counts
                    }
                }
                return await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
            }
            let response = try await transport.send(requests[2])
            #expect(response.body.count == 2000)
            return counts
        }
        #expect(counts.values.reduce(0, +) == 20_000)
        #expect(Set(counts.keys) == [.cancelled, .answered(200)])
        server.stop()
        #expect(server.openConnections == 0)
        #expect(Sockets.connections(withPort: server.port) == 0)
    }
}

/// Starts a call, waits for `moment`, cancels the call and tells how it ended.
private func outcomeOfCancelling(
    _ request: TransportRequest,
    on transport: CurlTransport,
    at moment: @escaping @Sendable () async -> Void
) async -> Outcome {
    await withTaskGroup(of: Outcome?.self) { group in
        group.addTask { await transport.outcome(of: request) }
        group.addTask {
            await moment()
            return nil
        }
        var outcome: Outcome?
        for await end in group {
            if let end { outcome = end } else { group.cancelAll() }
        }
        return outcome ?? .other("no end")
    }
}

/// A generator whose numbers are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
