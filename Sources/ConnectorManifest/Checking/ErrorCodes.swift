import RecordingKit

/// The error codes that a manifest may name.
enum ErrorCodes {
    /// What a request can end with because of its answer.
    static let ofAnswers: [TapedeckError.Code] = [
        .unauthorized, .forbidden, .notFound, .gone, .confirmationRequired, .rateLimited, .waitTooLong, .serverError,
        .timeout,
        .connectionFailed, .unexpectedStatus, .malformedResponse, .notJSON, .truncatedResponse, .responseTooLarge,
        .redirectRefused,
    ]

    /// The failures that say something about one part of a source alone, so that the others are still worth asking for.
    static let ofOnePart: Set<TapedeckError.Code> = [
        .notFound, .gone, .forbidden, .confirmationRequired, .serverError, .timeout, .connectionFailed, .rateLimited,
        .unexpectedStatus, .malformedResponse, .notJSON, .truncatedResponse, .responseTooLarge, .pagingCycle,
        .pagingLimit,
        .pagingBroken, .countMismatch,
    ]
}
