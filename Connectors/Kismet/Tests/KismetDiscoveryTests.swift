import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import KismetConnector

@Suite("Kismet discovery")
struct KismetDiscoveryTests {
    private func api(users: [JSONLiteral], calls: [String: ScriptedAPI.Answer]) -> ScriptedAPI {
        var answers: [String: ScriptedAPI.Answer] = [
            "/organization_users": .json(["organization_users": .array(users)])
        ]
        for (user, answer) in calls { answers["/organization_users/\(user)/calls"] = answer }
        return ScriptedAPI(answers)
    }

    @Test("every call of every user is one listing, named by both ids")
    func usersAndCalls() async throws {
        let api = api(
            users: [["id": 1], ["id": "2"]],
            calls: [
                "1": .pages([["calls": [["id": 10]]], ["calls": [["id": "11"]]]]),
                "2": .json(["calls": [["id": 10]]]),
            ]
        )
        let found = try await listings(api: api)
        #expect(found.map(\.key) == ["user/1/call/10", "user/1/call/11", "user/2/call/10"])
        #expect(found.allSatisfy { $0.failure == nil && $0.window == nil })
    }

    @Test("users, calls and audit trails are paged by number, 100 a page, guarded by id and by the total")
    func paging() async throws {
        let api = api(users: [["id": 1]], calls: ["1": .json(["calls": []])])
        _ = try await listings(api: api)
        #expect(api.calls.map(\.request.path) == ["/organization_users", "/organization_users/1/calls"])
        #expect(api.calls.map(\.paging?.items) == ["/organization_users", "/calls"])
        for call in api.calls {
            #expect(call.paging?.pageSize == PageSize("per_page", preferred: 100))
            #expect(call.paging?.totalCount == "/pagination/total_count")
            #expect(call.paging?.itemKey == "id")
            #expect(call.request.auditCost == 0)
        }
    }

    @Test(
        "a call is left out only when Kismet says that it goes on or that it has no recordings",
        arguments: [
            (["id": 5], true),
            (["id": 5, "is_ended": true, "has_egresses": true], true),
            (["id": 5, "is_ended": nil, "has_egresses": nil], true),
            (["id": 5, "is_ended": false, "has_egresses": true], false),
            (["id": 5, "is_ended": true, "has_egresses": false], false),
        ] as [(JSONLiteral, Bool)]
    )
    func worthAsking(call: JSONLiteral, expected: Bool) async throws {
        let api = api(users: [["id": 1]], calls: ["1": .json(["calls": [call]])])
        #expect(try await listings(api: api).isEmpty != expected)
    }

    @Test(
        "a user whose calls cannot be read is reported and does not keep the others from being read",
        arguments: [.notFound, .forbidden, .serverError, .timeout, .countMismatch, .malformedResponse]
            as [TapedeckError.Code]
    )
    func unreadableUser(code: TapedeckError.Code) async throws {
        let api = api(
            users: [["id": 1], ["id": 2]],
            calls: [
                "1": .failure(TapedeckError(code, "no"), after: [["calls": [["id": 10]]]]),
                "2": .json(["calls": [["id": 20]]]),
            ]
        )
        let found = try await listings(api: api)
        #expect(found.map(\.key) == ["user/1/call/10", "user/1/calls", "user/2/call/20"])
        #expect(found.map(\.failure?.code) == [nil, code, nil])
    }

    @Test(
        "a failure that concerns every request ends the discovery",
        arguments: [.unauthorized, .waitTooLong, .tokenNotSaved, .tlsFailed, .foreignOrigin]
            as [TapedeckError.Code]
    )
    func sourceWideFailure(code: TapedeckError.Code) async throws {
        let api = api(users: [["id": 1]], calls: ["1": .failure(TapedeckError(code, "no"))])
        await #expect(throws: TapedeckError(code, "")) { try await listings(api: api) }
    }

    @Test("what the host throws from yield is let through, whatever its code")
    func yieldFailure() async throws {
        let api = api(users: [["id": 1]], calls: ["1": .json(["calls": [["id": 10]]])])
        let now = Timestamp(secondsSince1970: 0)
        var handed = 0
        await #expect(throws: TapedeckError(.notFound, "")) {
            try await kismetSource().listings(in: TimeWindow(from: now, to: now), api: api.client) { _ in
                handed += 1
                throw TapedeckError(.notFound, "from the host")
            }
        }
        #expect(handed == 1)
    }

    @Test("users and calls without an id are reported, never dropped")
    func rowsWithoutID() async throws {
        let calls = api(users: [["id": 1]], calls: ["1": .json(["calls": [["name": "x"], ["id": 10]]])])
        let found = try await listings(api: calls)
        #expect(found.map(\.failure?.code) == [nil, .malformedResponse])
        let users = api(users: [["email": "x"]], calls: [:])
        await #expect(throws: TapedeckError(.malformedResponse, "")) { try await listings(api: users) }
    }

    @Test("named calls are read without any discovery, ids as numbers or text, each call once")
    func namedCalls() async throws {
        let api = ScriptedAPI()
        let found = try await listings(
            [
                "calls": [
                    ["organizationUserID": 101, "callID": 5], ["organizationUserID": "101", "callID": "5"],
                    ["organizationUserID": 101, "callID": "6"],
                ]
            ],
            api: api
        )
        #expect(found.map(\.key) == ["user/101/call/5", "user/101/call/6"])
        #expect(found.first?.parameters == ["user": "101", "call": "5"])
        #expect(api.calls.isEmpty)
    }

    @Test("the check asks for one user, or for the first named call's recordings")
    func check() async throws {
        let api = ScriptedAPI([
            "/organization_users": .json(["organization_users": []]), egressesPath: .json(["egresses": []]),
        ])
        try await kismetSource().check(api: api.client)
        try await kismetSource(["calls": [["organizationUserID": 101, "callID": 5]]]).check(api: api.client)
        #expect(api.calls.map(\.request.path) == ["/organization_users", egressesPath])
        #expect(api.calls.map(\.request.query) == [[QueryItem("per_page", "1")], []])
    }
}
