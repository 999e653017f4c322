package import RecordingKit

/// What a person can do about a failure.
package enum Advice {
    /// One or two sentences, or nil when the failure's own reason says it all.
    package static func text(for code: TapedeckError.Code, _ descriptor: ConnectorDescriptor) -> String? {
        switch code {
        case .unauthorized, .forbidden:
            descriptor.credentialAdvice
        case .connectionFailed, .timeout:
            "Check that the address in baseURL is right and reachable from here, also through a proxy if there is one."
        case .tlsFailed:
            "Check the address in baseURL, the machine's clock and its CA certificates."
        case .notFound, .notJSON:
            "Check that the address in baseURL is that of the API, with its path."
        case .waitTooLong:
            "Come back at the time that the platform named, or raise limits.maxWait."
        case .tokenNotSaved:
            "Make the ledger's folder writable, then authorise the integration again and configure its new refresh token."
        default:
            nil
        }
    }
}
