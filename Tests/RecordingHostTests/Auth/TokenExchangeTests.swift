import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

struct TokenExchangeTests {
    @Test("The endpoint's passing failures are retried", arguments: [500, 502, 503, 504, 429, 408])
    func retries(status: Int) async throws {
        let rig = TokenRig([.status(status), .status(status), TokenRig.issued("a1")])
        #expect(try await rig.authenticator().authorization() == "Bearer a1")
        #expect(rig.clock.sleeps == [.milliseconds(250), .milliseconds(500)])
    }

    @Test("A broken connection is retried") func connection() async throws {
        let rig = TokenRig([.failure(.connectionBroken), .failure(.timedOut), TokenRig.issued("a1")])
        #expect(try await rig.authenticator().authorization() == "Bearer a1")
    }

    @Test("The endpoint's Retry-After is respected") func retryAfter() async throws {
        let rig = TokenRig([.status(429, headers: ["Retry-After": "17"]), TokenRig.issued("a1")])
        _ = try await rig.authenticator().credential()
        #expect(rig.clock.sleeps == [.seconds(17)])
    }

    @Test("A longer wait than is allowed stops, and says when to come back") func waitTooLong() async throws {
        let rig = TokenRig([.status(429, headers: ["Retry-After": "7200"])])
        let authenticator = try rig.authenticator()
        let error = await failure { _ = try await authenticator.credential() }
        #expect(error?.code == .waitTooLong)
        #expect(error?.retryAt == TokenRig.start.advanced(by: .seconds(7_201)))
        #expect(rig.clock.sleeps.isEmpty)
    }

    @Test("After eight tries the platform counts as failed, not the credentials") func givesUp() async throws {
        let rig = TokenRig(Array(repeating: .status(500), count: 8))
        let authenticator = try rig.authenticator()
        let error = await failure { _ = try await authenticator.credential() }
        #expect(error?.code == .serverError)
        #expect(error?.attempts == 8)
        #expect(rig.transport.unusedAnswers == 0)
    }

    @Test("A refused grant or client means rejected credentials", arguments: [400, 401, 403])
    func rejected(status: Int) async throws {
        let answer = ScriptedAnswer.json(
            ["error": "invalid_grant", "error_description": "token seed-refresh is dead"],
            status: status,
            headers: ["X-Request-Id": "abc-123"]
        )
        let authenticator = try TokenRig([answer]).authenticator()
        let error = try #require(await failure { _ = try await authenticator.credential() })
        #expect(error.code == .unauthorized)
        #expect(error.status == status)
        #expect(error.requestID == "abc-123")
        for secret in ["seed-refresh", "client-s3cret"] { #expect(!error.description.contains(secret)) }
    }

    @Test("A request id that is not one is not repeated") func oddRequestID() async throws {
        let answer = ScriptedAnswer.status(400, headers: ["X-Request-Id": "<script>seed-refresh</script>"])
        let authenticator = try TokenRig([answer]).authenticator()
        #expect(await failure { _ = try await authenticator.credential() }?.requestID == nil)
    }

    @Test(
        "An answer without an access token is an error",
        arguments: ["{}", #"{"access_token":""}"#, #"{"access_token":7}"#, "[]"]
    )
    func noToken(body: String) async throws {
        let authenticator = try TokenRig([.json(text: body)]).authenticator()
        #expect(await code { _ = try await authenticator.credential() } == .malformedResponse)
    }
}
