extension TapedeckError {
    /// What went wrong, as a stable name.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The name in `--json` output and in the ledger.
        public let rawValue: String

        /// Names a code; connectors may add their own.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The name.
        public var description: String { rawValue }
    }
}

extension TapedeckError.Code {
    // What the operator must change.

    /// The configuration or the settings are wrong.
    public static let configurationInvalid = Self(rawValue: "configuration_invalid")
    /// The credentials were rejected (401), also after a refresh.
    public static let unauthorized = Self(rawValue: "unauthorized")
    /// The credentials are good but do not allow this (403): a scope, a role or a site is missing.
    public static let forbidden = Self(rawValue: "forbidden")
    /// A rotated refresh token could not be saved, so nothing more is sent with it.
    public static let tokenNotSaved = Self(rawValue: "token_not_saved")
    /// Nothing unencrypted is sent except to loopback or where the configuration allows it.
    public static let insecureURL = Self(rawValue: "insecure_url")
    /// The request would leave more entries in the customer's audit trail than the run may.
    public static let auditBudgetExhausted = Self(rawValue: "audit_budget_exhausted")

    // What may pass by itself.

    /// The platform kept asking for fewer requests until the attempts were used up.
    public static let rateLimited = Self(rawValue: "rate_limited")
    /// The platform asks for a longer wait than the configuration allows; `retryAt` says until when.
    public static let waitTooLong = Self(rawValue: "wait_too_long")
    /// The platform kept failing (5xx) until the attempts were used up.
    public static let serverError = Self(rawValue: "server_error")
    /// Nothing came for longer than a time-out allows.
    public static let timeout = Self(rawValue: "timeout")
    /// The connection could not be made or broke.
    public static let connectionFailed = Self(rawValue: "connection_failed")
    /// TLS could not be set up: certificate, name or protocol.
    public static let tlsFailed = Self(rawValue: "tls_failed")

    // What the platform answered.

    /// It does not exist or is not accessible (404).
    public static let notFound = Self(rawValue: "not_found")
    /// It no longer exists (410).
    public static let gone = Self(rawValue: "gone")
    /// The platform wants a confirmation before it hands this out (428).
    public static let confirmationRequired = Self(rawValue: "confirmation_required")
    /// A status that says neither success nor anything the host knows how to act on.
    public static let unexpectedStatus = Self(rawValue: "unexpected_status")
    /// The body is not what the API promises.
    public static let malformedResponse = Self(rawValue: "malformed_response")
    /// The body is a web page or another type where JSON was due.
    public static let notJSON = Self(rawValue: "not_json")
    /// The body ended before its end.
    public static let truncatedResponse = Self(rawValue: "truncated_response")
    /// The body is larger than the limit.
    public static let responseTooLarge = Self(rawValue: "response_too_large")
    /// Too many redirects, or one that must not be followed.
    public static let redirectRefused = Self(rawValue: "redirect_refused")

    // What paging guards found.

    /// A page leads back to one that was read already.
    public static let pagingCycle = Self(rawValue: "paging_cycle")
    /// More pages, or more empty pages in a row, than allowed.
    public static let pagingLimit = Self(rawValue: "paging_limit")
    /// The pointer to the next page cannot be understood.
    public static let pagingBroken = Self(rawValue: "paging_broken")
    /// The next page is on an origin that the source does not belong to.
    public static let foreignOrigin = Self(rawValue: "foreign_origin")
    /// Fewer items came than the platform says there are.
    public static let countMismatch = Self(rawValue: "count_mismatch")
    /// The platform answered for a shorter range of time than it was asked for.
    public static let windowClamped = Self(rawValue: "window_clamped")

    // What went wrong with a file.

    /// The link leads, or a connection led, to an address that the source does not belong to and that is not public.
    public static let addressRefused = Self(rawValue: "address_refused")
    /// What came is not the file: a web page, an error text, or less or other than was announced.
    public static let notMedia = Self(rawValue: "not_media")
    /// The file changed on the platform while it was being fetched.
    public static let mediaChanged = Self(rawValue: "media_changed")
    /// The folder or the object storage could not take or give a file.
    public static let mediaStoreFailed = Self(rawValue: "media_store_failed")
    /// There is not enough room for the files.
    public static let noSpace = Self(rawValue: "no_space")

    // What went wrong on this side.

    /// A sink could not take or keep what was written.
    public static let sinkFailed = Self(rawValue: "sink_failed")
    /// The ledger could not be read or written.
    public static let ledgerFailed = Self(rawValue: "ledger_failed")
    /// The machine's clock shows a time before that of the last run, or is more than a day from the platform's.
    public static let clockWrong = Self(rawValue: "clock_wrong")
    /// Another run holds the ledger.
    public static let ledgerBusy = Self(rawValue: "ledger_busy")
    /// The connector broke a promise.
    public static let connectorFailed = Self(rawValue: "connector_failed")
    /// The run was stopped before this part was read.
    public static let stopped = Self(rawValue: "stopped")
}
