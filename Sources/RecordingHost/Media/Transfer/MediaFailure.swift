import RecordingKit

/// Why a file could not be fetched, without address and content.
struct MediaFailure: Error {
    /// What kind of failure it is.
    var code: TapedeckError.Code
    /// One sentence for people.
    var reason: String

    init(_ code: TapedeckError.Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// What a failed exchange means when it is not tried again.
    init(_ error: TransportError) {
        let reason: String
        switch error.kind {
        case .unresolvedHost, .notConnected:
            (code, reason) = (.connectionFailed, "The server of the file cannot be reached.")
        case .connectionBroken: (code, reason) = (.connectionFailed, "The connection broke again and again.")
        case .truncated: (code, reason) = (.truncatedResponse, "The file ended before its end again and again.")
        case .timedOut: (code, reason) = (.timeout, "Too few bytes came again and again.")
        case .tlsFailed: (code, reason) = (.tlsFailed, "The server of the file cannot be trusted: TLS failed.")
        case .insecure: (code, reason) = (.insecureURL, "The link is not encrypted.")
        case .addressRefused:
            (code, reason) = (
                .addressRefused, "The link leads to an address that is not public and not the source's own."
            )
        case .malformed, .tooLarge:
            (code, reason) = (.malformedResponse, "The server of the file does not answer in HTTP.")
        case .transportFailed: (code, reason) = (.connectionFailed, "The transport failed or was shut down.")
        }
        self.reason = reason
    }

    /// Whether the same exchange may work in a moment.
    static func mayPass(_ error: TransportError) -> Bool {
        switch error.kind {
        case .unresolvedHost, .notConnected, .connectionBroken, .truncated, .timedOut, .malformed: true
        case .tlsFailed, .tooLarge, .insecure, .addressRefused, .transportFailed: false
        }
    }
}
