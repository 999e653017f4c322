import Synchronization

/// Whether the bucket was seen to be there; shared by all copies of a store.
final class KnownBucket: Sendable {
    private let state = Mutex(false)

    var isKnown: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
