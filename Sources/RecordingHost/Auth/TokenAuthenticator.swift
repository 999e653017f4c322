import RawJSON
import RecordingKit

/// OAuth 2 tokens that are renewed early, once for all that wait, and saved before they are first used.
///
/// A failed renewal is not remembered: the next request tries again. An exchange that has begun is carried to its end even
/// when the run is cancelled, because a platform that rotates refresh tokens has already retired the old one by then.
actor TokenAuthenticator: Authenticator {
    private let grant: TokenGrant
    private let initialKind: TokenGrant.Kind
    private let seed: String
    private let source: String
    private let ledger: any Ledger
    private let exchange: TokenExchange
    private let clock: any HostClock

    private var tokens: StoredTokens?
    private var generation = 0
    private var hasLoaded = false
    private var isRenewing = false
    private var waiters: [CheckedContinuation<(any Error)?, Never>] = []

    init(
        grant: TokenGrant,
        kind: TokenGrant.Kind,
        seed: String,
        source: String,
        ledger: any Ledger,
        exchange: TokenExchange,
        clock: any HostClock
    ) {
        self.grant = grant
        initialKind = kind
        self.seed = seed
        self.source = source
        self.ledger = ledger
        self.exchange = exchange
        self.clock = clock
    }

    /// How many requests wait for a renewal that is under way.
    var waitingCount: Int { waiters.count }

    func credential() async throws -> Credential {
        try await load()
        // A token that is being replaced was most likely rejected: whoever is handed it now is rejected as well.
        if !isRenewing, let tokens, isFresh(tokens) { return credential(from: tokens) }
        return try await renewed(after: generation)
    }

    func isCurrent(_ credential: Credential) async -> Bool { !isRenewing && credential.generation == generation }

    func renew(after rejected: Credential) async throws -> Bool {
        _ = try await renewed(after: rejected.generation)
        return true
    }

    private func credential(from tokens: StoredTokens) -> Credential {
        let field = HTTPHeaders.Field(name: "Authorization", value: "Bearer \(tokens.accessToken.revealed)")
        return Credential(fields: [field], generation: generation)
    }

    /// A token is renewed a minute before its end, or a tenth of its life when that is shorter than ten minutes in all.
    private func isFresh(_ tokens: StoredTokens) -> Bool {
        guard let expiresAt = tokens.expiresAt else { return true }
        return clock.now < expiresAt.advanced(by: .zero - min(.seconds(60), lifetime / 10))
    }

    private var lifetime: Duration = .seconds(3_600)

    private func load() async throws {
        guard !hasLoaded else { return }
        let stored = try await ledger.tokens(of: source)
        guard !hasLoaded else { return }
        hasLoaded = true
        // A newly configured refresh token starts a new chain; what was stored belongs to the old one.
        if let stored, stored.seed == seed { tokens = stored }
    }

    /// A credential that is newer than `old`: whoever comes first renews it, and all who wait share what comes of that.
    ///
    /// A token that was just issued is used whatever its lifetime, so that one which is born expired cannot be renewed for ever.
    private func renewed(after old: Int) async throws -> Credential {
        while true {
            try Task.checkCancellation()
            if generation != old, let tokens { return credential(from: tokens) }
            guard isRenewing else { return try await renewForAll() }
            if let failure = await withCheckedContinuation({ waiters.append($0) }) { throw failure }
        }
    }

    private func renewForAll() async throws -> Credential {
        isRenewing = true
        do {
            let fresh = try await renewOnce()
            end(with: nil)
            return credential(from: fresh)
        } catch {
            // One caller that was cancelled says nothing about the others: the next of them renews.
            end(with: error is CancellationError ? nil : error)
            throw error
        }
    }

    private func end(with failure: (any Error)?) {
        isRenewing = false
        for waiter in waiters { waiter.resume(returning: failure) }
        waiters = []
    }

    private func renewOnce() async throws -> StoredTokens {
        let lock = try await lockTokens()
        do {
            let fresh = try await renewLocked()
            await lock.release()
            return fresh
        } catch {
            await lock.release()
            throw error
        }
    }

    /// How long another process may take to renew, and how often it is looked whether it has.
    private static let patience = (limit: Duration.seconds(120), step: Duration.milliseconds(100))

    private func lockTokens() async throws -> any TokenLock {
        let deadline = clock.uptime + Self.patience.limit
        while true {
            if let lock = try await ledger.lockTokens(of: source) { return lock }
            guard clock.uptime < deadline else {
                throw TapedeckError(
                    .ledgerBusy,
                    "Another process has been renewing tokens for too long; run again later."
                )
            }
            try await clock.sleep(until: clock.uptime + Self.patience.step)
        }
    }

    /// Renews the tokens, unless another process has done so while the lock was waited for.
    private func renewLocked() async throws -> StoredTokens {
        let stored = try await ledger.tokens(of: source)
        hasLoaded = true
        if let stored, stored.seed == seed {
            let isNews = stored.accessToken.revealed != tokens?.accessToken.revealed
            tokens = stored
            if isNews, isFresh(stored) {
                generation += 1
                return stored
            }
        }
        var kind = initialKind
        if case .refreshToken = kind, let current = tokens?.refreshToken { kind = .refreshToken(current) }
        let fresh = try await fetch(kind)
        tokens = fresh
        generation += 1
        lifetime = fresh.expiresAt.map { $0.duration(since: clock.now) } ?? .seconds(3_600)
        return fresh
    }

    /// Fetches tokens and saves them before anything can be sent with them.
    private func fetch(_ kind: TokenGrant.Kind) async throws -> StoredTokens {
        let request = grant.request(kind, limits: exchange.limits)
        return try await exchange.send(request) { [grant, seed, source, ledger, clock] json in
            let fresh = try grant.tokens(from: json, kind: kind, seed: seed, now: clock.now)
            do {
                try await ledger.saveTokens(fresh, of: source)
            } catch {
                throw TapedeckError(
                    .tokenNotSaved,
                    "The platform issued new tokens and they could not be saved; the stored refresh token may be dead now."
                )
            }
            return fresh
        }
    }
}
