import CCurl
import RecordingHost

/// Holds the connections of one request to its policy.
struct AddressGuard {
    private let policy: AddressPolicy
    /// Whether a proxy is connected to: its address is the operator's choice, and the target's is not to be seen.
    private let isProxied: Bool
    private var hasAdmitted = false
    private var hasRefused = false

    init(policy: AddressPolicy, isProxied: Bool) {
        self.policy = policy
        self.isProxied = isProxied
    }

    /// Whether a connection may lead to `address`, which is nil when nothing is known of it.
    mutating func admits(_ address: NetworkAddress?) -> Bool {
        let isAdmitted = isProxied || address.map(policy.allows) ?? false
        if isAdmitted { hasAdmitted = true } else { hasRefused = true }
        return isAdmitted
    }

    /// What a failure with `result` was about, if it was about addresses.
    ///
    /// A name with an allowed address that could not be reached is not refused for its other addresses.
    func failure(for result: CURLcode) -> TransportError? {
        guard hasRefused, result == CURLE_ABORTED_BY_CALLBACK || (result == CURLE_COULDNT_CONNECT && !hasAdmitted)
        else {
            return nil
        }
        return Self.refusal
    }

    static let refusal = TransportError(.addressRefused, "the connection leads to an address that is not allowed")
}
