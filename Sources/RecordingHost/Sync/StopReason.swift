import RecordingKit

/// Tells a failure that ends a whole source from one that costs a single part of it.
enum StopReason {
    /// Whether there is no point in asking this source for anything else in this run.
    ///
    /// - Parameters:
    ///   - error: what a part failed with.
    ///   - hasSucceeded: whether anything was read from the source in this run. A platform that forbids the very first part
    ///     most likely forbids all of them.
    static func endsSource(_ error: any Error, hasSucceeded: Bool) -> Bool {
        guard let error = error as? TapedeckError else { return false }
        switch error.code {
        case .unauthorized, .waitTooLong, .tokenNotSaved, .insecureURL, .tlsFailed, .configurationInvalid, .clockWrong:
            return true
        case .sinkFailed, .ledgerFailed, .ledgerBusy: return true
        case .forbidden: return !hasSucceeded
        default: return false
        }
    }

    /// Whether the failure says that the platform as a whole does not answer now.
    static func isOutage(_ error: TapedeckError) -> Bool {
        switch error.code {
        case .connectionFailed, .timeout, .serverError, .rateLimited: true
        default: false
        }
    }

    /// What a failure looks like in a report.
    static func describe(_ error: any Error) -> ListingFailure {
        let failure = failure(error)
        return ListingFailure(
            code: failure.code.rawValue,
            reason: error is TapedeckError ? failure.description : failure.reason
        )
    }

    /// A failure with a code and a safe reason, whatever was thrown: an error of another type may hold anything.
    static func failure(_ error: any Error) -> TapedeckError {
        if let error = error as? TapedeckError { return error }
        if error is CancellationError { return TapedeckError(.stopped, "The run was stopped before this was read.") }
        return TapedeckError(.connectorFailed, "The connector failed with an error of type \(type(of: error)).")
    }
}
