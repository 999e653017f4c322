import RecordingKit

/// Supplies a source's credentials for one request after another; the only code that reads secrets.
protocol Authenticator: Sendable {
    /// What authorises a request now; called right before each request, after all waiting.
    ///
    /// - Throws: `TapedeckError` when no usable credential can be had; `CancellationError`.
    func credential() async throws -> Credential

    /// Whether a credential is still the one that would be handed out now.
    func isCurrent(_ credential: Credential) async -> Bool

    /// Notes that the platform rejected a credential, and says whether a newer one can be had.
    ///
    /// - Throws: what renewing throws.
    func renew(after rejected: Credential) async throws -> Bool
}

/// Credentials that do not change during a run.
struct FixedAuthenticator: Authenticator {
    private let fixed: Credential

    init(fields: [HTTPHeaders.Field]) { fixed = Credential(fields: fields, generation: 0) }

    init(_ credential: Credential) { fixed = credential }

    func credential() async throws -> Credential { fixed }

    func isCurrent(_ credential: Credential) async -> Bool { true }

    func renew(after rejected: Credential) async throws -> Bool { false }
}
