import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("A listing that was cut is continued")
struct CutListingTests {
    private static let ten = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
    private static let named = ["next", "link", "cursor", "body cursor", "last id"]

    private func bench(_ style: String = "next", _ more: [String: SettingValue] = [:]) -> PagedBench {
        PagedBench(["one": Self.ten], more.merging(["style": .string(style)]) { old, _ in old })
    }

    private func expectEverything(_ bench: PagedBench, _ ids: [String] = ten) async {
        #expect(await bench.recordings == ids)
        #expect(await bench.events == ids.map { "e-\($0)" })
        #expect(await bench.ledger.openListings(of: "clinic").isEmpty)
    }

    @Test(
        "but not behind a row that could not be used, however the reading of a later page ended",
        arguments: ["error", "silence", "nothing"]
    )
    func unusableRow(trouble: String) async throws {
        let bench = PagedBench(["one": ["a", "bad", "c", "d", "e", "f"]], ["habit": "holds its place"])
        switch trouble {
        case "error": bench.platform.trouble("one 4", .status(500))
        case "silence": bench.platform.trouble("one 4", .silence)
        default: break
        }
        if trouble == "silence" {
            _ = try await bench.syncUntilSilence()
        } else {
            #expect(try await bench.sync().outcomes.map(\.state) == [.incomplete])
        }
        bench.platform.trouble("one 4", nil)
        for _ in 1...2 {
            let outcome = try #require(try await bench.sync().outcomes.first)
            #expect(outcome.state == .incomplete)
            #expect(await bench.recordings == ["a", "c", "d", "e", "f"])
        }
        bench.platform.change("one", to: ["a", "b", "c", "d", "e", "f"])
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(await bench.recordings == ["a", "b", "c", "d", "e", "f"])
    }

    @Test("and what was wrong with a listing that was read to its end is found again, whatever the connector does")
    func judgementOfTheWhole() async throws {
        let bench = PagedBench(["one": ["a", "bad", "c", "d"]])
        for _ in 1...2 { #expect(try await bench.sync().outcomes.map(\.state) == [.incomplete]) }
    }

    @Test("by a server's error: the next run asks for that page first, and for no detail twice", arguments: named)
    func serverError(style: String) async throws {
        let bench = bench(style)
        bench.platform.trouble("one 6", .status(500))
        let first = try #require(try await bench.sync().outcomes.first)
        #expect(first.state == .incomplete)
        let before = bench.platform.takeRequests()
        bench.platform.trouble("one 6", nil)
        let second = try #require(try await bench.sync().outcomes.first)
        #expect(second.state == .complete)
        let after = bench.platform.takeRequests()
        #expect(after.pages == (style == "last id" ? ["one 6", "one 8", "one 10"] : ["one 6", "one 8"]))
        #expect((before + after).details == Self.ten)
        await expectEverything(bench)
    }

    @Test("by cancellation: the next run asks for that page first", arguments: named)
    func cancellation(style: String) async throws {
        let bench = bench(style)
        bench.platform.trouble("one 4", .silence)
        let report = try #require(try await bench.syncUntilSilence())
        #expect(report.wasStopped)
        bench.platform.trouble("one 4", nil)
        _ = bench.platform.takeRequests()
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(bench.platform.takeRequests().pages.prefix(2) == ["one 4", "one 6"])
        await expectEverything(bench)
    }

    @Test("while details are read after its last page: the next run asks for that page, and for details that are due")
    func cutInLastDetails() async throws {
        let bench = bench()
        bench.platform.setRevision(nil)
        for name in ["access i", "access j"] { bench.platform.trouble(name, .silence) }
        _ = try await bench.syncUntilSilence()
        let before = bench.platform.takeRequests()
        #expect(before.pages.last == "one 8")
        for name in ["access i", "access j"] { bench.platform.trouble(name, nil) }
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        let after = bench.platform.takeRequests()
        #expect(after.pages == ["one 8"])
        #expect(Set(after.details).isSuperset(of: ["i", "j"]))
        #expect(Set(before.details + after.details) == Set(Self.ten))
        await expectEverything(bench)
    }

    @Test("by a wait that is too long for a detail: the pages before are not asked for again")
    func waitTooLong() async throws {
        let bench = bench()
        bench.platform.trouble("access i", .status(429, headers: ["Retry-After": "7200"]))
        #expect(try await bench.sync().outcomes.map(\.state) == [.tryLater])
        let before = bench.platform.takeRequests()
        bench.platform.trouble("access i", nil)
        bench.clock.advance(by: .seconds(7_201))
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        let after = bench.platform.takeRequests()
        #expect(before.pages.count + after.pages.count <= 7, "\(before) \(after)")
        await expectEverything(bench)
    }

    @Test("unless its pages have no names: then it is read from its start", arguments: ["page number", "offset"])
    func numberedPages(style: String) async throws {
        let bench = bench(style)
        bench.platform.trouble("one 6", .status(500))
        _ = try await bench.sync()
        bench.platform.trouble("one 6", nil)
        _ = bench.platform.takeRequests()
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(bench.platform.takeRequests().pages == ["one 0", "one 2", "one 4", "one 6", "one 8", "one 10"])
        await expectEverything(bench)
    }

    @Test(
        "and is read anew in the same run when the platform has forgotten the place",
        arguments: [404, 410, 400, 403],
        [false, true]
    )
    func forgottenPlace(status: Int, isWhole: Bool) async throws {
        let bench = bench("cursor", ["whole": .boolean(isWhole)])
        bench.platform.trouble("one 6", .status(500))
        _ = try await bench.sync()
        bench.platform.trouble("one 6", .status(status))
        bench.platform.change("one", to: ["new"] + Self.ten)
        _ = bench.platform.takeRequests()
        // The same place is asked for in the reading anew, and the platform knows it again by then.
        let outcome = try #require(try await bench.sync().outcomes.first)
        let requests = bench.platform.takeRequests()
        #expect(requests.pages == ["one 6", "one 0", "one 2", "one 4", "one 6"])
        #expect(outcome.state == .incomplete)
        bench.platform.trouble("one 6", nil)
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        await expectEverything(bench, (Self.ten + ["new"]).sorted())
    }

    @Test(
        "only when the connector hands over before it asks: else it is read from its start, and nothing is lost",
        arguments: ["hands over at the end", "one page behind"]
    )
    func badHabits(habit: String) async throws {
        let bench = bench("cursor", ["habit": .string(habit)])
        bench.platform.trouble("one 6", .status(500))
        _ = try await bench.sync()
        #expect(await bench.ledger.openListings(of: "clinic").isEmpty)
        bench.platform.trouble("one 6", nil)
        _ = bench.platform.takeRequests()
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(bench.platform.takeRequests().pages.first == "one 0")
        await expectEverything(bench)
    }

    @Test("also when it has two paged requests", arguments: ["one 4", "one-more 2", "one-more 4"])
    func twoRequests(cut: String) async throws {
        let bench = PagedBench(
            ["one": Array(Self.ten.prefix(5)), "one-more": Array(Self.ten.suffix(5))],
            ["style": "cursor", "habit": "two requests"]
        )
        bench.platform.trouble(cut, .status(500))
        _ = try await bench.sync()
        bench.platform.trouble(cut, nil)
        _ = bench.platform.takeRequests()
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        let pages = bench.platform.takeRequests().pages
        #expect(pages.contains(cut))
        if cut.hasPrefix("one-more") { #expect(!pages.contains("one-more 0")) }
        await expectEverything(bench)
    }

    @Test("also when it has two paged requests and the platform has forgotten the place in the second")
    func twoRequestsForgotten() async throws {
        let bench = PagedBench(
            ["one": Array(Self.ten.prefix(5)), "one-more": Array(Self.ten.suffix(5))],
            ["style": "cursor", "habit": "two requests"]
        )
        bench.platform.trouble("one-more 4", .status(500))
        _ = try await bench.sync()
        bench.platform.trouble("one-more 4", .status(410), times: 1)
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        await expectEverything(bench)
    }

    @Test("and its items are still counted against what the platform promised", arguments: [nil, "j"])
    func counts(lost: String?) async throws {
        let bench = bench("cursor", ["habit": "counts"])
        bench.platform.trouble("one 6", .status(500))
        _ = try await bench.sync()
        bench.platform.trouble("one 6", nil)
        _ = bench.platform.takeRequests()
        if lost != nil { bench.platform.change("one", to: Self.ten.dropLast()) }
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        let pages = bench.platform.takeRequests().pages
        // What is missing is looked for in one more reading from the first page.
        let again = ["one 0", "one 2", "one 4", "one 6", "one 8"]
        #expect(pages == ["one 6", "one 8"] + (lost == nil ? [] : again))
    }

    @Test("and a recording that comes again on the page that is due has its accesses read once")
    func shiftedWhileCut() async throws {
        let bench = bench("cursor")
        bench.platform.trouble("access f", .silence)
        bench.platform.trouble("one 6", .silence)
        _ = try await bench.syncUntilSilence()
        #expect(await bench.ledger.openListings(of: "clinic").flatMap(\.details).map(\.recordingID).contains("f"))
        for name in ["access f", "one 6"] { bench.platform.trouble(name, nil) }
        bench.platform.change("one", to: ["new"] + Self.ten)
        _ = bench.platform.takeRequests()
        _ = try await bench.sync()
        #expect(bench.platform.takeRequests().details.count { $0 == "f" } == 1)
    }

    @Test("but not when it began more than a day ago, or in the future", arguments: [86_401, 25 * 3_600, -200])
    func tooOld(seconds: Int64) async throws {
        let bench = bench("cursor")
        bench.platform.trouble("one 6", .status(500))
        _ = try await bench.sync()
        bench.platform.trouble("one 6", nil)
        _ = bench.platform.takeRequests()
        bench.clock.setWallClock(to: SyncBench.start.advanced(by: .seconds(seconds)))
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(bench.platform.takeRequests().pages.first == "one 0")
        await expectEverything(bench)
    }

    @Test("but not when its page has failed three times more", arguments: [false, true])
    func failsAgainAndAgain(isWhole: Bool) async throws {
        let bench = bench("cursor", ["whole": .boolean(isWhole)])
        bench.platform.trouble("one 6", .status(500))
        var firstPages: [String?] = []
        for _ in 0..<5 {
            #expect(try await bench.sync().outcomes.allSatisfy { $0.state != .complete })
            firstPages.append(bench.platform.takeRequests().pages.first)
        }
        #expect(firstPages == ["one 0", "one 6", "one 6", "one 6", "one 0"])
        bench.platform.trouble("one 6", nil)
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        await expectEverything(bench)
    }

    @Test("however often its page failed, when a later page has come meanwhile")
    func progressBetweenFailures() async throws {
        let bench = bench("cursor")
        bench.platform.trouble("one 4", .status(500))
        for _ in 0..<3 { _ = try await bench.sync() }
        bench.platform.trouble("one 4", nil)
        bench.platform.trouble("one 6", .status(500))
        for _ in 0..<4 {
            _ = bench.platform.takeRequests()
            _ = try await bench.sync()
        }
        #expect(bench.platform.takeRequests().pages.first == "one 6")
        #expect(await bench.ledger.openListings(of: "clinic").map(\.failedResumptions) == [3])
    }

    @Test("only by a run that asks for all of it: a narrower one reads nothing beside its range")
    func narrowerRun() async throws {
        let bench = bench("cursor")
        bench.platform.trouble("one 6", .status(500))
        _ = try await bench.sync()
        bench.platform.trouble("one 6", nil)
        _ = bench.platform.takeRequests()
        // All recordings began before this.
        let since = PagedPlatform.begin.advanced(by: .seconds(86_400))
        #expect(try await bench.sync(SyncRequest(since: since)).outcomes.map(\.state) == [.complete])
        #expect(bench.platform.takeRequests().isEmpty)
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(bench.platform.takeRequests().pages == ["one 6", "one 8"])
        await expectEverything(bench)
    }

    @Test("and is forgotten when it is too old, also when no later run asks for its range")
    func forgotten() async throws {
        let bench = bench("cursor")
        bench.platform.trouble("one 6", .status(500))
        _ = try await bench.sync()
        let since = PagedPlatform.begin.advanced(by: .seconds(86_400))
        for (advance, count) in [(86_400 - 3_600, 1), (2 * 3_600, 0)] as [(Int64, Int)] {
            bench.clock.setWallClock(to: bench.clock.now.advanced(by: .seconds(advance)))
            _ = try await bench.sync(SyncRequest(since: since))
            #expect(await bench.ledger.openListings(of: "clinic").count == count)
        }
    }

    @Test("but not for kinds that were not read before the cut", arguments: [false, true])
    func kindsAddedAfterCut(isWhole: Bool) async throws {
        var bench = bench("cursor", ["whole": .boolean(isWhole)])
        bench.reads = [.recordings]
        bench.platform.trouble("one 6", .status(500))
        _ = try await bench.sync()
        bench.platform.trouble("one 6", nil)
        bench.reads = [.recordings, .accessEvents]
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        await expectEverything(bench)
    }

    @Test("and kinds that are not wanted any more are not written")
    func kindsRemovedAfterCut() async throws {
        var bench = bench("cursor")
        bench.platform.trouble("access b", .silence)
        bench.platform.trouble("one 6", .silence)
        _ = try await bench.syncUntilSilence()
        for name in ["access b", "one 6"] { bench.platform.trouble(name, nil) }
        _ = bench.platform.takeRequests()
        bench.reads = [.recordings]
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(bench.platform.takeRequests().details.isEmpty)
        #expect(await bench.recordings == Self.ten)
    }
}
