import RecordingHost
import Synchronization

extension Services {
    /// Sets a transport up, runs `body` with it and returns what that returns.
    func withConnection<Result: Sendable>(
        _ body: @escaping @Sendable (any HTTPTransport) async throws -> Result
    ) async throws -> Result {
        let kept = Kept<Result>()
        _ = try await withTransport { transport in
            let result = try await body(transport)
            kept.value.withLock { $0 = result }
            return .complete
        }
        guard let result = kept.value.withLock({ $0 }) else { throw CancellationError() }
        return result
    }
}

/// Carries a result out of a closure that returns something else.
private final class Kept<Result: Sendable>: Sendable {
    let value = Mutex<Result?>(nil)
}
