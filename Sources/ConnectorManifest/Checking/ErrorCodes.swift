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

    /// The failures that can say that something is not there, or not for these credentials.
    ///
    /// All others say that it is not known what is there: whoever takes them for an answer takes an outage for an empty list.
    static let ofAbsence: [TapedeckError.Code] = [
        .notFound, .gone, .forbidden, .confirmationRequired, .unexpectedStatus,
    ]

    /// What the codes mean, for the reference.
    static let help: [TapedeckError.Code: String] = [
        .unauthorized: "The credentials were rejected (401).",
        .forbidden: "The credentials do not allow this (403).",
        .notFound: "It does not exist or is not accessible (404).",
        .gone: "It no longer exists (410).",
        .confirmationRequired: "The platform wants a confirmation first (428).",
        .rateLimited: "The platform kept asking for fewer requests (429, 423).",
        .waitTooLong: "The platform asks for a longer wait than is allowed.",
        .serverError: "The platform kept failing (5xx).",
        .timeout: "Nothing came before the time-out.",
        .connectionFailed: "The connection could not be made or broke.",
        .unexpectedStatus: "Any other status that is no success.",
        .malformedResponse: "The answer is not what the API promises.",
        .notJSON: "The answer is a web page or another type where JSON was due.",
        .truncatedResponse: "The answer ended before its end.",
        .responseTooLarge: "The answer is larger than the limit.",
        .redirectRefused: "A redirect that must not be followed.",
    ]

    /// The failures that say something about the platform or the way to it, and nothing about what was asked for.
    static let ofOutages: Set<TapedeckError.Code> = [.rateLimited, .serverError, .timeout, .connectionFailed]

    /// The failures that say something about one part of a source alone, so that the others are still worth asking for.
    static let ofOnePart: Set<TapedeckError.Code> = [
        .notFound, .gone, .forbidden, .confirmationRequired, .serverError, .timeout, .connectionFailed, .rateLimited,
        .unexpectedStatus, .malformedResponse, .notJSON, .truncatedResponse, .responseTooLarge, .pagingCycle,
        .pagingLimit,
        .pagingBroken, .countMismatch,
    ]
}
