import RecordingHost
import RecordingKit

/// What to do about a failure, by its code.
enum Advice {
    /// One sentence or more; nil when the reason itself says everything, as those of sinks and ledgers do.
    static func text(for code: TapedeckError.Code, connector: ConnectorDescriptor?, retryAt: Timestamp?) -> String? {
        switch code {
        case .unauthorized, .forbidden:
            connector?.credentialAdvice
        case .waitTooLong, .rateLimited:
            retryAt.map { "Run again after \($0); what was read is kept." }
                ?? "Run again later; what was read is kept."
        case .serverError, .timeout, .connectionFailed, .truncatedResponse:
            "Run again; what was read is kept."
        case .tlsFailed:
            "Check the certificate, the name in baseURL and this machine's clock."
        case .insecureURL:
            "Use https, or set allowInsecureHTTP when the network is trusted."
        case .tokenNotSaved:
            "Make the ledger writable, then log in anew: the old refresh token may be used up."
        case .auditBudgetExhausted:
            "Run again with a larger --max-audit-reads, or without it."
        case .notJSON:
            "Check baseURL, and whether a proxy or a login page answers in the platform's place."
        case .ledgerBusy:
            "Run again when it has ended; \"tapedeck sync --wait 10m\" waits for that."
        case .stopped:
            "Run again to go on."
        default: nil
        }
    }
}
