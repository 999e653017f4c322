import Dispatch

/// Runs calls that wait for a disk on threads of their own, so that they do not hold those of the cooperative pool.
package enum BlockingCalls {
    private static let queue = DispatchQueue(label: "tapedeck.blocking-calls", attributes: .concurrent)

    /// Runs the closure and returns when it is done; it is not interrupted when the task is cancelled.
    ///
    /// - Throws: what the closure throws.
    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result(catching: body)) }
        }
    }
}
