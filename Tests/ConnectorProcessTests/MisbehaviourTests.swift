import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import ConnectorProcess

@Suite("A connector's process that misbehaves in one listing", .serialized)
struct MisbehaviourTests {
    /// What goes wrong, and a word of the reason that is given.
    static let cases: [(mode: String, word: String)] = [
        ("dies", "signal 9"),
        ("exits", "exit status 3"),
        ("dies_after_a_page", "signal 9"),
        ("dies_after_records", "signal 9"),
        ("garbage", "not JSON"),
        ("text", "not JSON"),
        ("not_a_message", "not a message"),
        ("unknown_type", "type that is not part"),
        ("unknown_member", "\"startet_at\""),
        ("no_id", "no \"id\""),
        ("wrong_time", "\"started_at\" of its recording is not a time"),
        ("no_such_item", "\"raw_item\""),
        ("wrong_place", "does not belong to recordings"),
        ("foreign_done", "was not asked for"),
        ("half_a_line", "exit status 0"),
        ("long_line", "longer than allowed"),
        ("long_line_without_end", "longer than allowed"),
        ("deep", "depthExceeded"),
        ("flood", "too many lines"),
        ("progress_without_end", "too many lines"),
        ("asks_and_never_reads", "exit status 9"),
        ("page_of_nothing", "list that has ended"),
        ("too_many_lists", "too many lists"),
        ("too_many_pages", "too many pages"),
        ("leaves_a_child", "exit status 7"),
        ("closes_and_stays", "closed its descriptor 4"),
        ("leaves_its_group", "closed its descriptor 4"),
    ]

    private static var limits: ProcessLimits {
        var limits = ProcessLimits.forTests
        limits.longestLine = 1 << 20
        limits.linesPerCall = 500
        limits.pagesPerCall = 50
        limits.openPagings = 16
        limits.grace = .milliseconds(50)
        return limits
    }

    @Test("costs that listing alone, for a reason that says nothing of what it sent", arguments: cases)
    func oneListing(mode: String, word: String) async throws {
        let notices = Notices()
        var limits = Self.limits
        // More than there is room for in a pipe.
        if mode == "asks_and_never_reads" { limits.linesPerCall = 20_000 }
        try await Programs.with(
            Programs.misbehaving,
            [mode],
            limits: limits,
            observer: notices.observer
        ) { connector in
            let bench = try ArchiveBench(connector)
            let outcome = try await bench.sync()
            #expect(outcome.state == .incomplete)
            #expect(outcome.counts.listingsComplete == 2)
            #expect(outcome.counts.listingsIncomplete == 1)
            #expect(outcome.failures.map(\.code) == ["connector_failed"])
            let reason = outcome.failures.first?.reason ?? ""
            #expect(reason.contains(word), "\(reason)")
            #expect(!reason.contains("canary"), "\(reason)")
            let archive = Archive()
            let others = Set(archive.tapes(without: "b"))
            #expect(await Set(bench.recordingIDs).subtracting(archive.tapes(of: "b")) == others)
            #expect(await Set(bench.eventIDs).isSuperset(of: archive.entries(without: "b")))
        }
        for process in notices.processes { #expect(!Self.lives(process), "\(process) is still there") }
        if ["leaves_a_child", "closes_and_stays", "leaves_its_group"].contains(mode) {
            #expect(!notices.processes.isEmpty)
        }
    }

    @Test("what it handed over before it died is kept")
    func keptRecords() async throws {
        try await Programs.with(Programs.misbehaving, ["dies_after_records"]) { connector in
            let bench = try ArchiveBench(connector)
            #expect(try await bench.sync().state == .incomplete)
            #expect(await bench.recordingIDs == Archive().tapes().filter { $0 != "b3" })
        }
    }

    @Test("what it talks or dies after a call costs nothing", arguments: ["talks_after_done", "dies_after_done"])
    func afterDone(mode: String) async throws {
        try await Programs.with(Programs.misbehaving, [mode]) { connector in
            let bench = try ArchiveBench(connector)
            let outcome = try await bench.sync()
            #expect(outcome.state == .complete)
            #expect(await bench.recordingIDs == Archive().tapes())
            #expect(await bench.eventIDs == Archive().entries())
        }
    }

    @Test("one that fails every time is not started for ever")
    func deathsInARow() async throws {
        var limits = Self.limits
        limits.deathsInARow = 2
        limits.processes = 1
        let notices = Notices()
        try await Programs.with(
            Programs.misbehaving,
            ["dies_in_every_recordings"],
            limits: limits,
            observer: notices.observer
        ) { connector in
            var archive = Archive()
            archive.shelves = (1...12).map { "s\($0)" }
            let bench = try ArchiveBench(connector, archive: archive)
            let outcome = try await bench.sync()
            #expect(outcome.counts.listingsIncomplete == 12)
            #expect(outcome.failures.contains { $0.reason.contains("3 times in a row") })
            #expect(outcome.failures.allSatisfy { $0.code == "connector_failed" })
        }
        #expect(notices.all.count { $0.kind == .diagnostics } == 3)
    }

    @Test("a code that is not known becomes connector_failed, and a message with an address is not shown")
    func ownFailure() async throws {
        try await Programs.with(Programs.misbehaving, ["fails_with_a_message"]) { connector in
            let outcome = try await ArchiveBench(connector).sync()
            #expect(outcome.counts.listingsIncomplete == 3)
            #expect(outcome.failures.allSatisfy { $0.code == "connector_failed" && !$0.reason.contains("canary") })
        }
    }

    /// Whether there is such a process that is not only waiting for its status to be collected.
    static func lives(_ process: String) -> Bool {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return text.split(separator: ")").last?.split(separator: " ").first != "Z"
    }
}

extension Notices {
    /// The numbers of the processes that were told of.
    var processes: [String] {
        all.compactMap { notice in
            guard notice.kind == .progress, ["child ", "process "].contains(where: notice.text.hasPrefix) else {
                return nil
            }
            return notice.text.split(separator: " ").last.map(String.init)
        }
    }
}
