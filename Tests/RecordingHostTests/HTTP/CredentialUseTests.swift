import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

struct CredentialUseTests {
    /// A bench whose requests carry OAuth tokens, and what happens noted in order.
    private func bench(
        _ rig: TokenRig,
        _ answers: [ScriptedAnswer],
        _ tokens: [ScriptedAnswer]
    ) throws -> SenderBench {
        let scripted = ScriptedTransport([
            ScriptedRoute("GET", "/v1/things", answers: answers), ScriptedRoute("POST", TokenRig.path, answers: tokens),
        ])
        let observed = JournalTransport(base: scripted, journal: rig.journal)
        return try SenderBench(
            [],
            over: observed,
            transport: scripted,
            authenticator: try rig.authenticator(over: observed),
            clock: rig.clock
        )
    }

    @Test("Tokens are saved before the first request that carries them") func saveThenSend() async throws {
        let rig = TokenRig([])
        try await bench(rig, [.json(nil)], [TokenRig.issued("a1")]).send()
        #expect(
            rig.journal.entries == ["send POST \(TokenRig.path)", "save a1", "send GET /v1/things with Bearer a1"]
        )
    }

    @Test("Nothing is sent with tokens that could not be saved") func unsaved() async throws {
        let rig = TokenRig([])
        await rig.ledger.fail(tokenSaves: TapedeckError(.ledgerFailed, "full"))
        let bench = try bench(rig, [.json(nil)], [TokenRig.issued("a1")])
        #expect(await code { try await bench.send() } == .tokenNotSaved)
        #expect(rig.journal.entries == ["send POST \(TokenRig.path)"])
    }

    @Test("A 401 is answered with one renewal and one replay, which is no retry of a failure") func replay()
        async throws
    {
        let rig = TokenRig([])
        let bench = try bench(rig, [.status(401), .json(nil)], [TokenRig.issued("a1"), TokenRig.issued("a2")])
        try await bench.send()
        #expect(
            rig.journal.entries.filter { $0.contains("GET") }
                == ["send GET /v1/things with Bearer a1", "send GET /v1/things with Bearer a2"]
        )
        #expect(rig.clock.sleeps.isEmpty)
    }

    @Test("A second 401 means that the credentials are rejected") func secondRejection() async throws {
        let rig = TokenRig([])
        let bench = try bench(rig, [.status(401), .status(401)], [TokenRig.issued("a1"), TokenRig.issued("a2")])
        #expect(await code { try await bench.send() } == .unauthorized)
        #expect(bench.transport.requests.count == 4)
    }

    @Test("Fixed credentials that are rejected are not tried again") func fixed() async throws {
        let bench = try SenderBench.things([.status(401)])
        let error = await failure { try await bench.send() }
        #expect(error?.code == .unauthorized)
        #expect(error?.attempts == 1)
    }

    @Test("A token that ends during a wait is renewed before the request that follows") func resolvedAfterWait()
        async throws
    {
        let rig = TokenRig([])
        let bench = try bench(
            rig,
            [.status(429, headers: ["Retry-After": "600"]), .json(nil)],
            [TokenRig.issued("a1", lifetime: 300), TokenRig.issued("a2")]
        )
        try await bench.send()
        #expect(
            rig.journal.entries.filter { $0.contains("GET") }
                == ["send GET /v1/things with Bearer a1", "send GET /v1/things with Bearer a2"]
        )
    }

    @Test("The renewal's own failure is reported, not the 401 that led to it") func renewalFails() async throws {
        let rig = TokenRig([])
        let bench = try bench(rig, [.status(401)], [TokenRig.issued("a1"), .status(400)])
        let error = await failure { try await bench.send() }
        #expect(error?.code == .unauthorized)
        #expect(error?.endpoint == "POST token endpoint")
    }
}
