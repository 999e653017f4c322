import RecordingKit
import Testing

@Suite("Errors")
struct TapedeckErrorTests {
    @Test("The description is the code and the reason, then what is known, always in the same order")
    func describes() {
        var error = TapedeckError(.rateLimited, "Too many requests.")
        #expect(error.description == "rate_limited: Too many requests.")
        error.attempts = 1
        #expect(error.description == "rate_limited: Too many requests.")
        error.retryAt = Timestamp(secondsSince1970: 0)
        error.attempts = 8
        error.requestID = "r-1"
        error.status = 429
        error.endpoint = "GET /users/{user}/calls"
        error.source = "clinic"
        let details =
            "source clinic, GET /users/{user}/calls, status 429, request id r-1, 8 attempts, again at 1970-01-01T00:00:00Z"
        #expect(error.description == "rate_limited: Too many requests. (\(details))")
    }

    @Test("Errors are equal when their codes are")
    func equality() {
        var other = TapedeckError(.notFound, "b")
        other.status = 404
        #expect(TapedeckError(.notFound, "a") == other)
        #expect(TapedeckError(.notFound, "a") != TapedeckError(.gone, "a"))
    }

    @Test("Connectors may add codes")
    func ownCodes() {
        let code = TapedeckError.Code(rawValue: "consent_missing")
        #expect("\(code)" == "consent_missing")
        #expect(code == TapedeckError.Code(rawValue: "consent_missing"))
    }
}
