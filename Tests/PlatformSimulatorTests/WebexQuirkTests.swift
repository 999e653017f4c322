import PlatformSimulator
import Testing

@Suite("Webex quirks")
struct WebexQuirkTests {
    private static let target =
        "/recordingReport/accessSummary?hostEmail=all&max=2&from=\(Rig.daysAgo(80))&to=\(Rig.daysAgo(0))"

    private func firstLinks(_ change: (inout WebexQuirks) -> Void) throws -> [String] {
        try rig(change).webex(Self.target).values("Link")
    }

    private func rig(_ change: (inout WebexQuirks) -> Void) throws -> Rig {
        var plan = SimulatorPlan()
        change(&plan.webex.quirks)
        return try Rig(plan)
    }

    @Test("The next link may drop the window, after which the list widens")
    func dropsParameters() throws {
        let rig = try rig { $0.nextDropsParameters = true }
        let next = try #require(Rig.next(rig.webex(Self.target)))
        #expect(next.contains("max=2") && !next.contains("from=") && !next.contains("hostEmail"))
        #expect(rig.webex(next).status == 200)
    }

    @Test("A page may hold fewer summaries than max asks for, and those that follow have the rest")
    func smallPages() throws {
        let target = Self.target.replacing("max=2", with: "max=100")
        let whole = try rig { _ in }.webexPages(target).joined()
        let pages = try rig { $0.largestSummaryPage = 7 }.webexPages(target)
        #expect(pages.count > 1 && pages.dropLast().allSatisfy { $0.count == 7 })
        #expect(Array(pages.joined()) == Array(whole))
    }

    @Test("The next link may say max=null, and that is served with the default")
    func nullMax() throws {
        let rig = try rig { $0.nextHasNullMax = true }
        let next = try #require(Rig.next(rig.webex(Self.target)))
        #expect(next.contains("max=null") && !next.contains("max=2"))
        #expect(try rig.webex(next).json["items"]?.array.count == 10)
    }

    @Test("The next link may begin with a stray prefix")
    func prefix() throws {
        #expect(try firstLinks { $0.nextHasPrefix = true }.first?.hasPrefix("<https,http://127.0.0.1") == true)
    }

    @Test("Pages may be empty and still go on, and nothing is lost")
    func emptyPages() throws {
        let plain = try Rig().webexPages(Self.target).flatMap { $0 }
        let pages = try rig { $0.emptyPageEvery = 3 }.webexPages(Self.target)
        #expect(pages[2].isEmpty && pages[5].isEmpty)
        #expect(pages.flatMap { $0 } == plain)
    }

    @Test("Other Link fields and relations may surround the next one")
    func otherLinks() throws {
        let fields = try firstLinks { $0.sendsOtherLinkFirst = true }
        #expect(fields.count == 2)
        #expect(fields[0].contains("rel=\"help\""))
        let merged = try firstLinks { $0.sendsSeveralRelations = true }
        #expect(merged.count == 1)
        #expect(merged[0].contains("rel=\"first\", <"))
    }

    @Test("The relation may be unquoted, and a parameter may have no value")
    func syntax() throws {
        #expect(try firstLinks { $0.relationIsUnquoted = true }.first?.hasSuffix("; rel=next") == true)
        #expect(try firstLinks { $0.nextHasValuelessParameter = true }.first?.contains("&before&cursor=") == true)
    }

    @Test("A raw plus sign and a large max are taken under their options")
    func leniency() throws {
        let rig = try rig {
            $0.acceptsRawPlus = true
            $0.clampsMax = true
        }
        #expect(rig.webex("/recordingReport/accessSummary?from=2026-03-01T00:00:00+08:00&max=1000").status == 200)
    }
}
