package import RawJSON
package import RecordingKit

/// Failures as JSON.
package enum FailureJSON {
    static let members = ["code", "message", "endpoint", "status", "request_id", "retry_at", "attempts"]

    /// The codes that a connector may say; any other becomes `connector_failed`.
    ///
    /// What ends a whole source is not among them unless the platform or the settings can be its reason.
    private static let codes: Set<TapedeckError.Code> = [
        .configurationInvalid, .unauthorized, .forbidden, .insecureURL, .auditBudgetExhausted, .rateLimited,
        .waitTooLong, .serverError, .timeout, .connectionFailed, .tlsFailed, .notFound, .gone, .confirmationRequired,
        .unexpectedStatus, .malformedResponse, .notJSON, .truncatedResponse, .responseTooLarge, .redirectRefused,
        .pagingCycle, .pagingLimit, .pagingBroken, .foreignOrigin, .countMismatch, .windowClamped, .connectorFailed,
        .stopped,
    ]

    /// Reads what a connector says of a failure; its message is shown only when it looks safe.
    package static func read(_ value: JSONValue) throws -> TapedeckError {
        var reader = try MemberReader(value, "error")
        let code = TapedeckError.Code(rawValue: try reader.requiredText("code"))
        let message = SafeText.sentence(try reader.text("message"))
        let isKnown = codes.contains(code)
        var error = TapedeckError(
            isKnown ? code : .connectorFailed,
            message ?? "The connector gave no reason that can be shown."
        )
        error.endpoint = SafeText.sentence(try reader.text("endpoint"))
        error.status = try reader.count("status")
        error.requestID = SafeText.sentence(try reader.text("request_id"))
        error.retryAt = try reader.timestamp("retry_at")
        error.attempts = try reader.count("attempts")
        try reader.finish(members)
        return error
    }

    /// Writes a failure.
    package static func write(_ error: TapedeckError, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("code", error.code.rawValue)
        writer.member("message", error.reason)
        writer.member("endpoint", error.endpoint)
        writer.member("status", error.status)
        writer.member("request_id", error.requestID)
        writer.member("retry_at", error.retryAt)
        writer.member("attempts", error.attempts)
        writer.endObject()
    }
}

extension FailureJSON {
    /// Reads a failure that the host wrote: every code and the whole message are kept.
    static func readTrusted(_ value: JSONValue) throws -> TapedeckError {
        var reader = try MemberReader(value, "error")
        let code = TapedeckError.Code(rawValue: try reader.requiredText("code"))
        var error = TapedeckError(code, try reader.text("message") ?? "")
        error.endpoint = try reader.text("endpoint")
        error.status = try reader.count("status")
        error.requestID = try reader.text("request_id")
        error.retryAt = try reader.timestamp("retry_at")
        error.attempts = try reader.count("attempts")
        return error
    }
}
