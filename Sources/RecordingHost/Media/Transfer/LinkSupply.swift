import RecordingKit

/// The links to one recording's files, asked for again when one died: each asking may leave an entry in an audit trail.
///
/// Used by one task.
struct LinkSupply {
    /// Links may die this often in one run although nothing was received through them.
    private static let fruitlessRenewals = 1
    /// Links may die this often in one run at all.
    private static let renewals = 20

    private let ask: @Sendable () async throws -> MediaAvailability
    private let clock: any HostClock
    private(set) var links: [MediaLink] = []
    private var renewed = 0
    private var fruitless = 0

    init(clock: any HostClock, _ ask: @escaping @Sendable () async throws -> MediaAvailability) {
        self.clock = clock
        self.ask = ask
    }

    /// Asks, and keeps the links, each with the end that its life gives it from now.
    ///
    /// - Throws: what asking throws.
    mutating func refill() async throws -> MediaAvailability {
        let availability = try await ask()
        if case .available(let fresh) = availability { links = fresh.map { $0.ending(receivedAt: clock.now) } }
        return availability
    }

    /// A fresh link for a rendition in the place of one that died.
    ///
    /// - Parameter hasGained: whether anything was received through the dead one.
    /// - Throws: ``MediaFailure`` when links die too often or the rendition is not offered any more; ``LinkRefused`` when there are
    ///   none; what asking throws.
    mutating func renew(_ rendition: String, hasGained: Bool) async throws -> MediaLink {
        renewed += 1
        fruitless = hasGained ? 0 : fruitless + 1
        guard renewed <= Self.renewals, fruitless <= Self.fruitlessRenewals else {
            throw MediaFailure(.unexpectedStatus, "The links to the file die as soon as they are used.")
        }
        let availability = try await refill()
        guard case .available = availability else { throw LinkRefused(availability: availability) }
        guard let link = links.first(where: { $0.rendition == rendition }) else {
            throw MediaFailure(.notFound, "The platform does not offer the file any more.")
        }
        return link
    }
}

/// Asking for a fresh link brought none.
struct LinkRefused: Error {
    let availability: MediaAvailability
}

extension MediaLink {
    /// The link with an end, where the platform says how long it lives and not until when.
    fileprivate func ending(receivedAt now: Timestamp) -> MediaLink {
        guard expiresAt == nil, let lifetime, lifetime > .zero else { return self }
        var link = self
        link.expiresAt = now.advanced(by: lifetime)
        return link
    }
}
