import Dispatch
import Synchronization

/// Runs `body` to its end and returns what came of it: libFuzzer calls from a thread that cannot wait in any other way.
func waiting<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) -> Result<Value, any Error> {
    let box = Box<Value>()
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
        do {
            let value = try await body()
            box.result.withLock { $0 = .success(value) }
        } catch {
            box.result.withLock { $0 = .failure(error) }
        }
        isDone.signal()
    }
    isDone.wait()
    guard let result = box.result.withLock({ $0 }) else { stop("a task ended without a result") }
    return result
}

private final class Box<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
}
