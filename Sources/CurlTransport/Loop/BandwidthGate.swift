/// Which transfers of a loop wait so that all of them together stay within a rate.
///
/// Whoever has received while nothing was left goes to the end of the queue; one at a time comes out at its head. A new transfer waits in
/// the same queue, or many small bodies would pass by the limit.
struct BandwidthGate {
    private var bucket: TokenBucket
    private var queue: [ObjectIdentifier] = []

    init(bytesPerSecond: Int, at now: ContinuousClock.Instant) {
        bucket = TokenBucket(bytesPerSecond: bytesPerSecond, at: now)
    }

    mutating func charge(bytes: Int, at now: ContinuousClock.Instant) {
        bucket.charge(bytes: bytes, at: now)
    }

    /// Whether a new transfer, or one that has received, must wait.
    func isClosed(at now: ContinuousClock.Instant) -> Bool {
        !queue.isEmpty || isOwing(at: now)
    }

    /// Whether more has come than may.
    func isOwing(at now: ContinuousClock.Instant) -> Bool {
        bucket.debt(at: now) > .zero
    }

    /// Puts a transfer at the end of the queue.
    mutating func enqueue(_ transfer: ObjectIdentifier) {
        queue.append(transfer)
    }

    /// Takes out a transfer that has ended.
    mutating func remove(_ transfer: ObjectIdentifier) {
        queue.removeAll { $0 == transfer }
    }

    /// Takes out the next one that may receive.
    mutating func next(at now: ContinuousClock.Instant) -> ObjectIdentifier? {
        guard !queue.isEmpty, !isOwing(at: now) else { return nil }
        return queue.removeFirst()
    }

    /// When the next one may come out; nil when none waits.
    func opening(from now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        queue.isEmpty ? nil : now + bucket.debt(at: now)
    }
}
