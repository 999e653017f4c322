import RecordingKit

/// Supplies a source's credentials for one request after another; the only code that reads secrets.
protocol Authenticator: Sendable {
    /// The header fields to send now; called right before each request, after all waiting.
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

/// The header fields that carry a credential, and which of a sequence of credentials it is.
struct Credential: Sendable, CustomStringConvertible {
    let fields: [HTTPHeaders.Field]
    let generation: Int

    /// Never shows the fields.
    var description: String { "credential \(generation)" }
}

/// Credentials that do not change during a run.
struct FixedAuthenticator: Authenticator {
    private let fixed: Credential

    init(fields: [HTTPHeaders.Field]) { fixed = Credential(fields: fields, generation: 0) }

    func credential() async throws -> Credential { fixed }

    func isCurrent(_ credential: Credential) async -> Bool { true }

    func renew(after rejected: Credential) async throws -> Bool { false }
}
