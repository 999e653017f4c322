import PlatformSimulator
import Testing

@Suite("Kismet endpoints")
struct KismetEndpointTests {
    @Test(
        "A request without both credentials is answered 401 with an error body",
        arguments: [
            [:], ["X-Client-ID": "kismet-client"], ["X-Client-ID": "kismet-client", "X-Client-Secret": "wrong"],
        ]
    )
    func rejectsCredentials(headers: [String: String]) throws {
        let rig = try Rig()
        let answer = rig.client.send("/api/external/organization_users", headers: headers)
        #expect(answer.status == 401)
        #expect(try answer.json["error"]?.string != nil)
        #expect(answer[header: "X-Request-Id"] != nil)
    }

    @Test("Users carry the documented members and true totals")
    func listsUsers() throws {
        let rig = try Rig()
        let body = try rig.kismet("/organization_users?per_page=3").json
        #expect(body.keys == ["organization_users", "pagination"])
        let user = try #require(body["organization_users"]?.array.first)
        #expect(
            user.keys == ["id", "email", "is_admin", "display_name", "waiting_room_url", "created_at", "updated_at"]
        )
        #expect(try body["pagination"] == JSON(#"{"current_page":1,"per_page":3,"total_pages":2,"total_count":4}"#))
        #expect(try rig.kismetPages("/organization_users", "organization_users").count == 4)
    }

    @Test("The calls of all users are the truth's, some of them under two users")
    func listsCalls() throws {
        let rig = try Rig()
        var seen: [Int: Int] = [:]
        for user in 101...104 {
            for call in try rig.kismetPages("/organization_users/\(user)/calls", "calls") {
                seen[try #require(call["id"]?.integer), default: 0] += 1
            }
        }
        let truth = rig.simulator.kismetTruth()
        #expect(Set(seen.keys) == Set(truth.calls.map(\.id)))
        for call in truth.calls { #expect(seen[call.id] == call.userIDs.count) }
        #expect(seen.values.contains(2))
    }

    @Test("A call object is the same alone and in the list, and some lack has_egresses")
    func showsCall() throws {
        let rig = try Rig()
        var presence: Set<String> = []
        for call in rig.simulator.kismetTruth().calls {
            let alone = try rig.kismet("/organization_users/\(call.userIDs[0])/calls/\(call.id)").json
            let listed = try rig.kismetPages("/organization_users/\(call.userIDs[0])/calls", "calls", perPage: 100)
            #expect(listed.contains(alone))
            presence.insert(alone["has_egresses"].map { "\($0)" } ?? "absent")
        }
        #expect(presence.count == 3)
    }

    @Test("Egresses have the sample's members, no link, and no pagination object")
    func listsEgresses() throws {
        let rig = try Rig()
        let sample = try JSON(
            #"{"id":1,"egress_id":"EG_AbCdEfGhIjKlMnOpQr","status":"egress_ended","error":null,"is_stopped":true,"ended_at":"2025-10-08T14:30:00Z","created_at":"2025-10-08T14:00:00Z","updated_at":"2025-10-08T14:30:00Z"}"#
        )
        var ids: [Int] = []
        let truth = rig.simulator.kismetTruth()
        for call in truth.calls {
            let body = try rig.kismet("/organization_users/\(call.userIDs[0])/calls/\(call.id)/egresses").json
            #expect(body.keys == ["egresses"])
            for egress in body["egresses"]?.array ?? [] {
                #expect(egress.keys == sample.keys)
                #expect(egress["egress_id"]?.string?.hasPrefix("EG_") == true)
                ids.append(try #require(egress["id"]?.integer))
            }
        }
        #expect(ids == truth.egresses.map(\.id))
        #expect(Set(truth.egresses.map(\.status)) == ["egress_ended", "egress_starting", "egress_limit_reached"])
        #expect(truth.egresses.contains { $0.error != nil && $0.status == "egress_ended" })
        let ends = Dictionary(grouping: truth.egresses.filter { $0.endedAt != nil }) {
            [Int64($0.callID), $0.endedAt ?? 0]
        }
        #expect(ends.values.contains { $0.count > 1 })
    }

    @Test("Show adds a link, is counted, and leaves one read row each time")
    func showLeavesRow() throws {
        let rig = try Rig()
        let truth = rig.simulator.kismetTruth()
        let egress = try #require(truth.egresses.first { $0.error == nil && $0.endedAt != nil })
        let user = try #require(truth.calls.first { $0.id == egress.callID }).userIDs[0]
        let path = "/organization_users/\(user)/calls/\(egress.callID)/egresses/\(egress.id)"
        let before = try rig.kismet("\(path)/audit_logs").json["pagination"]?["total_count"]?.integer ?? 0
        let body = try rig.kismet(path).json
        #expect(body["url"]?.string?.hasPrefix("https://s3.simulator.invalid/recordings/session-") == true)
        #expect(body["url"]?.string?.contains("X-Amz-Expires=900") == true)
        _ = rig.kismet(path)
        let log = try rig.kismet("\(path)/audit_logs").json
        #expect(log["pagination"]?["total_count"]?.integer == before + 2)
        #expect(log["audit_logs"]?.array.first?["event"] == .string("read"))
        #expect(log["audit_logs"]?.array.first?["created_at"]?.string == Rig.now.utcTimestamp)
        #expect(rig.simulator.statistics.showReads == 2)
    }

    @Test(
        "Paths that do not fit together are answered 404",
        arguments: [
            "/organization_users/999/calls", "/organization_users/101/calls/2",
            "/organization_users/101/calls/1/egresses/999",
            "/organization_users/101/calls/1/egresses/EG_AbCdEfGhIjKlMnOpQr/audit_logs",
            "/organization_users/101/calls/1/egresses/4/audit_logs",
            "/organization_users/101/calls/abc/egresses", "/nothing",
        ]
    )
    func unknownPaths(path: String) throws {
        let answer = try Rig().kismet(path)
        #expect(answer.status == 404)
        #expect(try answer.json["error"]?.string != nil)
    }

    @Test("What the plan makes unreachable is listed and answers 404")
    func unreachable() throws {
        let rig = try Rig(SimulatorPlan(kismet: KismetPlan(unreachableUsers: [1], unreachableCalls: [4])))
        #expect(try rig.kismetPages("/organization_users", "organization_users").count == 4)
        #expect(rig.kismet("/organization_users/102/calls").status == 404)
        let calls = try rig.kismetPages("/organization_users/101/calls", "calls")
        #expect(calls.contains { $0["id"] == .number(5) })
        #expect(rig.kismet("/organization_users/101/calls/5/egresses").status == 404)
        #expect(!rig.simulator.kismetTruth().calls.contains { $0.id == 5 })
    }
}
