import RecordingKit
import Synchronization

/// One pacer for each origin and credential, shared by all sources that use them.
///
/// A platform counts requests by credential and does not know how an operator has divided them.
struct PacerPool: Sendable {
    private struct Key: Hashable {
        let origin: HTTPOrigin
        let secrets: [String: Secret]
    }

    private struct Shared {
        let pacer: Pacer
        let listeners: WaitListeners
    }

    private let pacers: [Key: Shared]

    /// Makes pacers for these sources; of different limits for one credential the strictest holds.
    init(_ assemblies: [SourceAssembly], clock: any HostClock) {
        var limits: [Key: ConnectorLimits] = [:]
        for assembly in assemblies {
            let key = PacerPool.key(of: assembly)
            limits[key] = limits[key].map { $0.strictest(with: assembly.limits) } ?? assembly.limits
        }
        pacers = limits.mapValues { limits in
            let listeners = WaitListeners()
            return Shared(
                pacer: Pacer(limits: limits, clock: clock) { listeners.tell($0, $1) },
                listeners: listeners
            )
        }
    }

    /// The pacer of a source; `onWait` is told when its gate closes.
    func pacer(
        of assembly: SourceAssembly,
        clock: any HostClock,
        onWait: @escaping @Sendable (Duration, Duration) -> Void
    ) -> Pacer {
        guard let shared = pacers[PacerPool.key(of: assembly)] else {
            return Pacer(limits: assembly.limits, clock: clock, onWait: onWait)
        }
        shared.listeners.add(onWait)
        return shared.pacer
    }

    private static func key(of assembly: SourceAssembly) -> Key {
        Key(origin: assembly.baseURL.origin, secrets: assembly.parsed.secrets)
    }
}

/// Those who are told when a shared gate closes.
///
/// Safe to use from any task.
private final class WaitListeners: Sendable {
    private let listeners = Mutex<[@Sendable (Duration, Duration) -> Void]>([])

    func add(_ listener: @escaping @Sendable (Duration, Duration) -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    func tell(_ from: Duration, _ until: Duration) {
        for listener in listeners.withLock({ $0 }) { listener(from, until) }
    }
}

extension ConnectorLimits {
    /// The stricter of two limits in each respect.
    fileprivate func strictest(with other: ConnectorLimits) -> ConnectorLimits {
        ConnectorLimits(
            concurrency: min(concurrency, other.concurrency),
            requestsPerSecond: [requestsPerSecond, other.requestsPerSecond].compactMap { $0 }.min(),
            maximumWait: min(maximumWait, other.maximumWait)
        )
    }
}
