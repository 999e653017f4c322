import CurlTransport
import RecordingHost
import RecordingKit
import Synchronization
import Testing

@Suite("Bandwidth for files", .timeLimit(.minutes(5)))
struct MediaBandwidthTests {
    private static func configuration(_ rate: Int) -> CurlMediaTransportConfiguration {
        CurlMediaTransportConfiguration(proxy: .none, bytesPerSecond: rate)
    }

    /// How many parts each of several transfers had when the first of them was half done.
    private final class Shares: Sendable {
        private struct State {
            var parts: [Int: Int] = [:]
            var shares: [Int] = []
            var requests = 0
        }

        private let state = Mutex(State())

        var shares: [Int] { state.withLock { $0.shares } }
        var requests: Int { state.withLock { $0.requests } }

        func noteRequest() { state.withLock { $0.requests += 1 } }

        func note(part: Int, of transfer: Int, isHalf: Bool) {
            state.withLock { state in
                state.parts[transfer] = part
                if isHalf, state.shares.isEmpty { state.shares = Array(state.parts.values) }
            }
        }
    }

    @Test("is held for all transfers together, and shared among them")
    func rate() async throws {
        let rate = 4_000_000
        let body = pattern(count: 1_500_000)
        let shares = Shares()
        try await withMediaServer(configuration: Self.configuration(rate)) { connection in
            connection.answerAll { _ in
                // None may be ahead of the others because it was asked for first.
                shares.noteRequest()
                while shares.requests < 4, connection.pause(milliseconds: 1) {}
                connection.answer(body: body)
            }
        } _: { transport, server in
            let request = try server.media()
            let start = ContinuousClock.now
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask {
                        let collector = Collector { part in
                            shares.note(part: part, of: number, isHalf: part * 16_384 >= body.count / 2)
                        }
                        #expect(await transport.outcome(of: request, into: collector) == .answered(200))
                        let isWhole = collector.body == body
                        #expect(isWhole)
                    }
                }
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            #expect(seconds > Double(4 * body.count) / Double(rate) * 0.93)
            #expect(shares.shares.count == 4)
            #expect((shares.shares.min() ?? 0) * 3 > (shares.shares.max() ?? 0))
        }
    }

    @Test("is held for a body that a socket has all of at once")
    func burst() async throws {
        let body = pattern(count: 1_000_000)
        try await withMediaServer(configuration: Self.configuration(1_000_000)) { connection in
            connection.answerAll { _ in connection.answer(body: body) }
        } _: { transport, server in
            let collector = Collector()
            let request = try server.media()
            let start = ContinuousClock.now
            #expect(await transport.outcome(of: request, into: collector) == .answered(200))
            #expect(ContinuousClock.now - start > .milliseconds(900))
            let isWhole = collector.body == body
            #expect(isWhole)
        }
    }

    @Test("is held over many small bodies")
    func smallBodies() async throws {
        let rate = 4_000_000
        let body = pattern(count: 20_000)
        try await withMediaServer(configuration: Self.configuration(rate)) { connection in
            connection.answerAll { _ in connection.answer(body: body) }
        } _: { transport, server in
            let request = try server.media()
            let start = ContinuousClock.now
            for _ in 0..<100 { #expect(await transport.outcome(of: request) == .answered(200)) }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            #expect(seconds > 0.5 * 0.85)
        }
    }

    @Test("holds a transfer back for longer than it may be silent")
    func limitsWhileHeld() async throws {
        let limits = MediaLimits(
            idleTimeout: .milliseconds(40),
            bytesEverySlowPeriod: 20_000,
            slowPeriod: .milliseconds(40)
        )
        try await withMediaServer(configuration: Self.configuration(200_000)) { connection in
            connection.answerAll { _ in connection.answer(body: [UInt8](repeating: 7, count: 100_000)) }
        } _: { transport, server in
            let outcome = await transport.outcome(of: try server.media(limits: limits))
            #expect(outcome == .answered(200))
        }
    }

    @Test("does not delay a cancellation, of one that is held back or of one that has not begun")
    func cancelling() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withMediaServer(configuration: Self.configuration(1)) { connection in
            connection.answerAll { _ in connection.answer(body: [UInt8](repeating: 7, count: 10_000_000)) }
        } _: { transport, server in
            let collector = Collector { if $0 == 1 { arrival.yield() } }
            let request = try server.media()
            let outcome = await transport.outcomeOfCancelling(request, into: collector) {
                for await _ in arrived { break }
                for _ in 0..<1000 { await Task.yield() }
                let other = await transport.outcomeOfCancelling(request) {
                    for _ in 0..<100 { await Task.yield() }
                }
                #expect(other == .cancelled)
            }
            #expect(outcome == .cancelled)
            #expect(!collector.isCalledLate)
        }
    }

    @Test("does not delay the shutdown")
    func shutdown() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withMediaServer(configuration: Self.configuration(1)) { connection in
            connection.answerAll { _ in connection.answer(body: [UInt8](repeating: 7, count: 10_000_000)) }
        } _: { transport, server in
            let collector = Collector { if $0 == 1 { arrival.yield() } }
            let request = try server.media()
            async let first = transport.outcome(of: request, into: collector)
            for await _ in arrived { break }
            async let second = transport.outcome(of: request)
            await transport.shutdown()
            #expect(await first == .failed(.transportFailed))
            #expect(await second == .failed(.transportFailed))
        }
    }
}
