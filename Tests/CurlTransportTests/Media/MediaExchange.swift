import CurlTransport
import RecordingHost
import RecordingKit
import Synchronization
import Testing

/// Takes everything, or ends the transfer where it is told to.
final class Collector: MediaReceiver {
    struct Refusal: Error {
        let number: Int
    }

    private struct State {
        var heads: [MediaResponseHead] = []
        var body: [UInt8] = []
        var parts = 0
        var isClosed = false
        var isCalledLate = false
    }

    private let state = Mutex(State())
    private let wants: Bool
    private let failsAtPart: Int?
    private let onPart: @Sendable (Int) -> Void

    init(wants: Bool = true, failsAtPart: Int? = nil, onPart: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.wants = wants
        self.failsAtPart = failsAtPart
        self.onPart = onPart
    }

    var heads: [MediaResponseHead] { state.withLock { $0.heads } }
    var body: [UInt8] { state.withLock { $0.body } }
    var parts: Int { state.withLock { $0.parts } }
    var text: String { String(decoding: body, as: UTF8.self) }
    /// Whether it was called after ``close()``.
    var isCalledLate: Bool { state.withLock { $0.isCalledLate } }

    /// The call has ended.
    func close() { state.withLock { $0.isClosed = true } }

    func begin(_ head: MediaResponseHead) throws -> Bool {
        state.withLock { state in
            state.heads.append(head)
            state.isCalledLate = state.isCalledLate || state.isClosed
        }
        if failsAtPart == 0 { throw Refusal(number: 0) }
        return wants
    }

    func receive(_ part: Span<UInt8>) throws {
        let number = state.withLock { state in
            unsafe part.withUnsafeBufferPointer { unsafe state.body.append(contentsOf: $0) }
            state.parts += 1
            state.isCalledLate = state.isCalledLate || state.isClosed
            return state.parts
        }
        onPart(number)
        if number == failsAtPart { throw Refusal(number: number) }
    }
}

/// Runs `body` with a server and a transport for media, and stops both, however it ends.
func withMediaServer<Result>(
    configuration: CurlMediaTransportConfiguration = CurlMediaTransportConfiguration(proxy: .none),
    _ script: @escaping ScriptedServer.Script,
    _ body: (CurlMediaTransport, ScriptedServer) async throws -> Result
) async throws -> Result {
    let server = try ScriptedServer(script)
    defer { server.stop() }
    return try await withCurlMediaTransport(configuration: configuration) { try await body($0, server) }
}

extension ScriptedServer {
    /// A request for a file of this server.
    func media(
        _ path: String = "/",
        host: String = "127.0.0.1",
        headers: HTTPHeaders = [:],
        limits: MediaLimits = MediaLimits(),
        addresses: AddressPolicy = AddressPolicy(allowsLoopback: true)
    ) throws -> MediaRequest {
        let url = try #require(HTTPURL("http://\(host):\(port)\(path)"))
        return MediaRequest(url: url, headers: headers, limits: limits, addresses: addresses)
    }
}

extension CurlMediaTransport {
    /// Fetches `request` and tells how that ended; 200 stands for any answer that ended well.
    func outcome(of request: MediaRequest, into receiver: Collector = Collector()) async -> Outcome {
        defer { receiver.close() }
        do {
            try await fetch(request, into: receiver)
            return .answered(receiver.heads.first?.status ?? 0)
        } catch is CancellationError {
            return .cancelled
        } catch let error as TransportError {
            return .failed(error.kind)
        } catch {
            return .other("\(error)")
        }
    }

    /// Fetches `request`, cancels that when `moment` has come, and tells how it ended.
    func outcomeOfCancelling(
        _ request: MediaRequest,
        into receiver: Collector = Collector(),
        when moment: @escaping @Sendable () async -> Void
    ) async -> Outcome {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await self.outcome(of: request, into: receiver) }
            await moment()
            group.cancelAll()
            return await group.next().flatMap(\.self) ?? .other("nothing")
        }
    }
}

/// Bytes that are different everywhere.
func pattern(count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        for index in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            unsafe buffer.initializeElement(at: index, to: UInt8(truncatingIfNeeded: state >> 33))
        }
        initialized = count
    }
}
