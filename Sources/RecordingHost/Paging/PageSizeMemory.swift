import Synchronization

/// Remembers for each endpoint of a source the page size that the platform could bear, so that the next listing does not begin
/// with one that it could not.
///
/// Safe to use from any task.
final class PageSizeMemory: Sendable {
    private let sizes = Mutex<[String: Int]>([:])

    /// The size to begin with, when a larger one was too much before.
    func size(for endpoint: String) -> Int? { sizes.withLock { $0[endpoint] } }

    /// Notes that pages had to be made smaller.
    func note(_ size: Int, for endpoint: String) {
        sizes.withLock { $0[endpoint] = min($0[endpoint] ?? size, size) }
    }
}
