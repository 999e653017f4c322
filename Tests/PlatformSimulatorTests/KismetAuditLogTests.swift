import PlatformSimulator
import Testing

@Suite("Kismet audit logs")
struct KismetAuditLogTests {
    private let rig: Rig
    private let truth: KismetTruth

    init() throws {
        rig = try Rig()
        truth = rig.simulator.kismetTruth()
    }

    private func path(_ egress: KismetEgress) throws -> String {
        let call = try #require(truth.calls.first { $0.id == egress.callID })
        return "/organization_users/\(call.userIDs[0])/calls/\(call.id)/egresses/\(egress.id)/audit_logs"
    }

    private func longest() throws -> KismetEgress {
        let counts = Dictionary(grouping: truth.auditRows, by: \.egressID).mapValues(\.count)
        let id = try #require(counts.max { ($0.value, $1.key) < ($1.value, $0.key) }).key
        return try #require(truth.egresses.first { $0.id == id })
    }

    @Test("The pages of every log add up to the truth, newest first by time and id")
    func pagesAddUp() throws {
        for egress in truth.egresses {
            let rows = try rig.kismetPages(try path(egress), "audit_logs")
            let expected = truth.auditRows.filter { $0.egressID == egress.id }
            #expect(rows.compactMap { $0["id"]?.integer } == expected.map(\.id))
            let order = expected.map { ($0.createdAt, $0.id) }
            #expect(zip(order, order.dropFirst()).allSatisfy { $0 > $1 })
        }
        #expect(Set(truth.auditRows.map(\.id)).count == truth.auditRows.count)
    }

    @Test("Rows have the sample's members, changes as pairs, and users of three types")
    func shapes() throws {
        var users: Set<String> = []
        for egress in truth.egresses {
            for row in try rig.kismetPages(try path(egress), "audit_logs", perPage: 100) {
                #expect(row.keys == ["id", "event", "user_id", "object_changes", "created_at"])
                users.insert(row["user_id"]?.kind ?? "absent")
                #expect((row["object_changes"] == .null) == (row["event"] == .string("read")))
                for key in row["object_changes"]?.keys ?? [] {
                    #expect(row["object_changes"]?[key]?.array.count == 2)
                }
            }
        }
        #expect(users == ["string", "number", "null"])
    }

    @Test("Paging defaults to 25, is clamped to 100, and is empty past the end with true totals")
    func paging() throws {
        let egress = try longest()
        let path = try path(egress)
        let total = truth.auditRows.count { $0.egressID == egress.id }
        #expect(total > 50)
        let first = try rig.kismet(path).json
        #expect(first["audit_logs"]?.array.count == 25)
        #expect(
            try first["pagination"]
                == JSON(
                    #"{"current_page":1,"per_page":25,"total_pages":\#((total + 24) / 25),"total_count":\#(total)}"#
                )
        )
        #expect(try rig.kismet("\(path)?per_page=1000").json["pagination"]?["per_page"]?.integer == 100)
        let past = try rig.kismet("\(path)?page=99").json
        #expect(past["audit_logs"]?.array.isEmpty == true)
        #expect(past["pagination"]?["total_count"]?.integer == total)
        #expect(past["pagination"]?["current_page"]?.integer == 99)
    }

    @Test("Filters take one event and whole days, both ends included")
    func filters() throws {
        let egress = try longest()
        let path = try path(egress)
        let rows = truth.auditRows.filter { $0.egressID == egress.id }
        let creation = try rig.kismet("\(path)?event=create").json["audit_logs"]?.array
        #expect(creation?.compactMap { $0["id"]?.integer } == rows.filter { $0.event == "create" }.map(\.id))
        let day = String(rows[rows.count / 2].createdAt.utcTimestamp.prefix(10))
        let onDay = rows.filter { $0.createdAt.utcTimestamp.hasPrefix(day) }
        let answer = try rig.kismet("\(path)?from=\(day)&to=\(day)&per_page=100").json
        #expect(answer["audit_logs"]?.array.compactMap { $0["id"]?.integer } == onDay.map(\.id))
        #expect(answer["pagination"]?["total_count"]?.integer == onDay.count)
        #expect(rig.kismet("\(path)?from=2026-13-01").status == 400)
        #expect(rig.kismet("\(path)?to=tomorrow").status == 400)
    }

    @Test("A row that comes between two pages shifts the second")
    func pageShift() throws {
        let rig = try Rig(SimulatorPlan(kismet: KismetPlan(pageShiftAfterPage: 1)))
        let path = try path(try longest())
        let first = try rig.kismet("\(path)?page=1").json["audit_logs"]?.array ?? []
        let second = try rig.kismet("\(path)?page=2").json["audit_logs"]?.array ?? []
        #expect(first.last == second.first)
        let again = try rig.kismet("\(path)?page=1").json["audit_logs"]?.array ?? []
        #expect(again.first != first.first)
        #expect(try rig.kismet("\(path)?page=2").json["audit_logs"]?.array == second)
    }
}
