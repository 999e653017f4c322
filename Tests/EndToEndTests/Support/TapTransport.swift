import RawJSON
import RecordingHost
import RecordingKit
import Synchronization

/// Passes everything on to another transport and remembers what went to and fro.
final class TapTransport: HTTPTransport {
    private let state = Mutex<(next: (any HTTPTransport)?, urls: [HTTPURL], bodies: [[UInt8]])>((nil, [], []))
    private let idleTimeout: Duration?

    /// - Parameter idleTimeout: replaces the one that the host asks for.
    init(idleTimeout: Duration? = nil) { self.idleTimeout = idleTimeout }

    /// Puts the tap before `transport`.
    func before(_ transport: any HTTPTransport) -> any HTTPTransport {
        state.withLock { $0.next = transport }
        return self
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        var request = request
        if let idleTimeout { request.limits.idleTimeout = idleTimeout }
        let next = state.withLock { state in
            state.urls.append(request.url)
            return state.next
        }
        guard let next else { throw TransportError(.transportFailed, "no transport") }
        let response = try await next.send(request)
        state.withLock { $0.bodies.append(response.body) }
        return response
    }

    /// Where the requests went, in the order in which they were sent.
    var urls: [HTTPURL] { state.withLock { $0.urls } }

    /// The objects in the lists of all answers, as they came.
    func objects(in list: String) -> Set<[UInt8]> {
        let bodies = state.withLock { $0.bodies }
        return bodies.reduce(into: []) { result, body in
            guard let document = try? JSONDocument(parsing: body), let rows = document.root[list] else { return }
            for row in rows.elements { result.insert(Array(row.rawBytes)) }
        }
    }
}
