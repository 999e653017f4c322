import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

struct TokenAuthenticatorTests {
    @Test("32 requests at once share one renewal") func singleFlight() async throws {
        let rig = TokenRig([TokenRig.issued("a1", refresh: "r1")])
        let authenticator = try rig.authenticator()
        let values = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<32 { group.addTask { try await authenticator.authorization() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: "Bearer a1", count: 32))
        #expect(rig.transport.requests.count == 1)
    }

    @Test("32 requests at once share one failed renewal, and the next request tries again") func failureIsShared()
        async throws
    {
        let rig = TokenRig([.status(400), TokenRig.issued("a1")])
        let gated = GatedTransport(rig.transport)
        let authenticator = try rig.authenticator(over: gated)
        let codes = try await withThrowingTaskGroup(of: TapedeckError.Code?.self) { group in
            for _ in 0..<32 { group.addTask { await code { _ = try await authenticator.credential() } } }
            await gated.arrival()
            try await authenticator.arrival(ofWaiters: 31)
            await gated.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == Array(repeating: .unauthorized, count: 32))
        #expect(rig.transport.requests.count == 1)
        #expect(try await authenticator.authorization() == "Bearer a1")
        #expect(rig.transport.requests.count == 2)
    }

    @Test("Whoever waits for a renewal that fails is not told that there is a newer credential")
    func waiterLearnsOfFailure() async throws {
        let ledger = MemoryLedger()
        let first = TokenRig([TokenRig.issued("a1", refresh: "r1")], ledger: ledger)
        _ = try await first.authenticator().credential()
        let rig = TokenRig([.status(400), TokenRig.issued("a2")], ledger: ledger)
        let gated = GatedTransport(rig.transport)
        let authenticator = try rig.authenticator(over: gated)
        let rejected = try await authenticator.credential()
        let codes = try await withThrowingTaskGroup(of: TapedeckError.Code?.self) { group in
            for _ in 0..<2 { group.addTask { await code { _ = try await authenticator.renew(after: rejected) } } }
            await gated.arrival()
            try await authenticator.arrival(ofWaiters: 1)
            await gated.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == [.unauthorized, .unauthorized])
    }

    @Test(
        "A token is renewed a minute before its end, or a tenth of a short life",
        arguments: [(3_600, 3_539, 3_541), (600, 539, 541), (100, 89, 91)]
    )
    func renewsEarly(lifetime: Int64, still: Int64, due: Int64) async throws {
        let clock = ManualClock.manual(at: TokenRig.start)
        let rig = TokenRig([TokenRig.issued("a1", lifetime: .integer(lifetime)), TokenRig.issued("a2")], clock: clock)
        let authenticator = try rig.authenticator()
        #expect(try await authenticator.authorization() == "Bearer a1")
        clock.advance(by: .seconds(still))
        #expect(try await authenticator.authorization() == "Bearer a1")
        clock.advance(by: .seconds(due - still))
        #expect(try await authenticator.authorization() == "Bearer a2")
    }

    @Test(
        "A token that is expired when it is issued is used once, and renewed for the next request",
        .timeLimit(.minutes(5))
    )
    func bornExpired() async throws {
        let rig = TokenRig([TokenRig.issued("a1", lifetime: 0), TokenRig.issued("a2", lifetime: 0)])
        let authenticator = try rig.authenticator()
        #expect(try await authenticator.authorization() == "Bearer a1")
        #expect(try await authenticator.authorization() == "Bearer a2")
        #expect(rig.transport.requests.count == 2)
    }

    @Test("New tokens are in the ledger before anyone can use them") func savedBeforeUse() async throws {
        let rig = TokenRig([TokenRig.issued("a1", refresh: "r1")])
        let authenticator = try rig.authenticator()
        rig.journal.note("use \(try await authenticator.authorization() ?? "")")
        #expect(rig.journal.entries == ["send POST \(TokenRig.path)", "save a1", "use Bearer a1"])
        let stored = await rig.ledger.tokens(of: TokenRig.source)
        #expect(stored?.refreshToken == Secret("r1"))
        #expect(stored?.expiresAt == TokenRig.start.advanced(by: .seconds(3_600)))
    }

    @Test("Tokens that cannot be saved are not used") func unsavedTokens() async throws {
        let rig = TokenRig([TokenRig.issued("a1", refresh: "r1")])
        await rig.ledger.fail(tokenSaves: TapedeckError(.ledgerFailed, "The disk is full."))
        let authenticator = try rig.authenticator()
        let error = await failure { _ = try await authenticator.credential() }
        #expect(error?.code == .tokenNotSaved)
        #expect(error?.source == TokenRig.source)
        #expect(rig.transport.requests.count == 1)
    }

    @Test("A rotated refresh token is used next time, and one that is not sent again is kept")
    func rotation() async throws {
        let rig = TokenRig([
            TokenRig.issued("a1", refresh: "r1"), TokenRig.issued("a2", refresh: "r1"), TokenRig.issued("a3"),
            TokenRig.issued("a4"),
        ])
        let authenticator = try rig.authenticator()
        for number in 1...4 {
            let credential = try await authenticator.credential()
            #expect(credential.fields.first?.value == "Bearer a\(number)")
            if number < 4 { #expect(try await authenticator.renew(after: credential)) }
        }
        #expect(rig.forms.map { $0["refresh_token"] } == ["seed-refresh", "r1", "r1", "r1"])
        #expect(await rig.ledger.tokens(of: TokenRig.source)?.refreshToken == Secret("r1"))
    }

    @Test("The next run uses the stored token, and then the stored refresh token") func nextRun() async throws {
        let ledger = MemoryLedger()
        let first = TokenRig([TokenRig.issued("a1", refresh: "r1")], ledger: ledger)
        _ = try await first.authenticator().credential()
        let second = TokenRig([TokenRig.issued("a2", refresh: "r2")], ledger: ledger)
        let authenticator = try second.authenticator()
        let credential = try await authenticator.credential()
        #expect(credential.fields.first?.value == "Bearer a1")
        #expect(second.transport.requests.isEmpty)
        #expect(try await authenticator.renew(after: credential))
        #expect(second.forms.map { $0["refresh_token"] } == ["r1"])
    }

    @Test("A newly configured refresh token starts a new chain") func newChain() async throws {
        let ledger = MemoryLedger()
        let first = TokenRig([TokenRig.issued("a1", refresh: "r1")], ledger: ledger)
        _ = try await first.authenticator().credential()
        let second = TokenRig([TokenRig.issued("b1", refresh: "q1")], ledger: ledger)
        #expect(try await second.authenticator(refreshToken: "other").authorization() == "Bearer b1")
        #expect(second.forms.map { $0["refresh_token"] } == ["other"])
    }

    @Test("A renewal under way when the run is cancelled is carried to its end and saved") func cancelledRun()
        async throws
    {
        let rig = TokenRig([TokenRig.issued("a1", refresh: "r1")])
        let gated = GatedTransport(rig.transport)
        let authenticator = try rig.authenticator(over: gated)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await authenticator.credential() }
            await gated.arrival()
            group.cancelAll()
            await gated.open()
        }
        #expect(await rig.ledger.tokens(of: TokenRig.source)?.refreshToken == Secret("r1"))
    }

    @Test("The wait between two tries ends at once when the run is cancelled", .timeLimit(.minutes(5)))
    func cancelledBackOff() async throws {
        let clock = ManualClock.manual(at: TokenRig.start)
        let rig = TokenRig([.status(503, headers: ["Retry-After": "600"])], clock: clock)
        let authenticator = try rig.authenticator()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { _ = try await authenticator.credential() }
            }
            try await clock.waitForSleepers()
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(clock.sleeperCount == 0)
    }

    @Test("One caller's cancellation does not fail the others: the next of them renews")
    func cancelledLeader() async throws {
        let clock = ManualClock.manual(at: TokenRig.start)
        let rig = TokenRig([.status(503), TokenRig.issued("a1")], clock: clock)
        let authenticator = try rig.authenticator()
        let value = try await withThrowingTaskGroup(of: String?.self) { group in
            let leader = Task { try await authenticator.authorization() }
            try await clock.waitForSleepers()
            group.addTask { try await authenticator.authorization() }
            try await authenticator.arrival(ofWaiters: 1)
            leader.cancel()
            return try await group.next() ?? nil
        }
        #expect(value == "Bearer a1")
    }

    @Test("A credential that is newer than the rejected one is taken without another renewal") func alreadyRenewed()
        async throws
    {
        let rig = TokenRig([TokenRig.issued("a1"), TokenRig.issued("a2")])
        let authenticator = try rig.authenticator()
        let rejected = try await authenticator.credential()
        for _ in 0..<3 { #expect(try await authenticator.renew(after: rejected)) }
        #expect(rig.transport.requests.count == 2)
        #expect(try await authenticator.authorization() == "Bearer a2")
    }

    @Test("Client credentials are asked for with their scope, and no refresh token is kept") func clientCredentials()
        async throws
    {
        let rig = TokenRig([TokenRig.issued("a1", refresh: "unasked"), TokenRig.issued("a2")])
        let authenticator = try rig.authenticator(isClientCredentials: true)
        let credential = try await authenticator.credential()
        #expect(try await authenticator.renew(after: credential))
        let form = [
            "grant_type": "client_credentials", "scope": "read all", "client_id": "client-1",
            "client_secret": "client-s3cret",
        ]
        #expect(rig.forms == [form, form])
        #expect(await rig.ledger.tokens(of: TokenRig.source)?.refreshToken == nil)
    }
}
