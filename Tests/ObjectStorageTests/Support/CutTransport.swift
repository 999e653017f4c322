import RecordingHost
import RecordingKit
import Synchronization

/// Passes requests on, changes them on the way, and is dead after a number of them.
final class CutTransport: HTTPTransport {
    private let base: any HTTPTransport
    private let remaining: Mutex<Int>
    private let seen = Mutex<[TransportRequest]>([])
    private let change: @Sendable (Int, inout TransportRequest) -> Void

    init(
        _ base: any HTTPTransport,
        after count: Int = .max,
        changing change: @escaping @Sendable (Int, inout TransportRequest) -> Void = { _, _ in }
    ) {
        self.base = base
        remaining = Mutex(count)
        self.change = change
    }

    /// Method and query of what was passed on.
    var log: [String] { seen.withLock { $0 }.map { "\($0.method) \($0.url.query ?? "")" } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let isAlive = remaining.withLock { count in
            count -= 1
            return count >= 0
        }
        guard isAlive else { throw TransportError(.transportFailed, "cut off") }
        var request = request
        let number = seen.withLock { seen in
            seen.append(request)
            return seen.count
        }
        change(number, &request)
        return try await base.send(request)
    }
}
