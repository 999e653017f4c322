import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Synchronization
import Testing

@Suite("Media that are stored", .timeLimit(.minutes(5)))
struct MediaKeptTests {
    @Test(
        "keep their record when the platform says later that a recording is not complete, or failed",
        arguments: ["egress_active", "egress_failed"]
    )
    func statusTurns(word: String) async throws {
        try await MediaScenario.with(.small(media: MediaPlan())) { scenario in
            let sources = [scenario.sources[0]]
            _ = try await scenario.sync(sources)
            let before = try scenario.media()
            let stored = before.filter { $0.value["state"]?.string == "stored" }
            #expect(!stored.isEmpty)
            scenario.scenario.clock.advance(by: .seconds(86_400))
            let report = try await scenario.sync(sources, apiThrough: { OtherStatus(base: $0, word: word) })
            #expect(report.outcomes.map(\.state) == [.complete], "\(report.outcomes.map(\.failures))")
            let recordings = try scenario.scenario.archive.records(.recordings)
            #expect(recordings.contains { $0["status_raw"]?.string == word })
            let after = try scenario.media()
            for (key, line) in stored { #expect(after[key]?.rawBytes == line.rawBytes, "\(key)") }
            try await scenario.expectVerified(files: stored.count)
        }
    }

    @Test("keep their record when they are asked for again and are not to be had just then")
    func renewedAsk() async throws {
        try await MediaScenario.with(.small(media: MediaPlan(audioEvery: 0, transcriptEvery: 0))) { scenario in
            let sources = [scenario.sources[1]]
            _ = try await scenario.sync(sources)
            let stored = try scenario.media().filter { $0.value["state"]?.string == "stored" }
            let (key, line) = try #require(stored.first)
            let victim = try #require(line["recording_id"]?.string)
            scenario.simulator.setMediaState(.scanned(afterSeconds: 1_000_000_000), recording: victim)
            let asked = scenario.simulator.statistics.media.linkRequests.count
            scenario.scenario.clock.advance(by: .seconds(31 * 86_400))
            let report = try await scenario.sync(sources)
            #expect(report.outcomes.map(\.state) == [.complete], "\(report.outcomes.map(\.failures))")
            #expect(scenario.simulator.statistics.media.linkRequests.count >= asked)
            #expect(try scenario.media()[key]?.rawBytes == line.rawBytes)
            try await scenario.expectVerified(files: stored.count)
        }
    }

    @Test("cost one show each when this machine's clock is ahead of the platform's, however old each link looks")
    func clockAhead() async throws {
        try await Scenario.with(.small(media: MediaPlan()), skew: .seconds(-7_200)) { scenario in
            let scenario = MediaScenario(scenario: scenario)
            let report = try await scenario.sync([scenario.sources[0]])
            #expect(report.outcomes.map(\.failures) == [[]])
            let states = try scenario.media().values.map { $0["state"]?.string }
            #expect(states.contains("stored"))
            #expect(!scenario.shows.isEmpty)
            #expect(scenario.shows.values.allSatisfy { $0 == 1 }, "\(scenario.shows)")
        }
    }

    @Test("need a folder for what is unfinished: without it the run says so, and the next one goes on")
    func spoolIsGone() async throws {
        try await MediaScenario.with(.small(media: MediaPlan(audioEvery: 0, transcriptEvery: 0))) { scenario in
            let sources = [scenario.sources[1]]
            let spool = scenario.folder.path + "/.spool"
            let report = try await scenario.sync(sources, apiThrough: { SpoolBreaker(base: $0, spool: spool) })
            #expect(report.outcomes.map(\.state) != [.complete])
            #expect(report.outcomes[0].failures.contains { $0.code == "media_store_failed" }, "\(report.outcomes)")
            // No file is blamed for it.
            let lines = (try? scenario.media()) ?? [:]
            #expect(lines.values.allSatisfy { $0["state"]?.string == "stored" })
            try FileManager.default.removeItem(atPath: spool)
            let second = try await scenario.sync(sources)
            #expect(second.outcomes.map(\.state) == [.complete], "\(second.outcomes.map(\.failures))")
            #expect(try scenario.media().values.contains { $0["state"]?.string == "stored" })
        }
    }
}

/// Says of every recording that is complete that it has another status.
private struct OtherStatus: HTTPTransport {
    let base: any HTTPTransport
    let word: String

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        var response = try await base.send(request)
        guard request.url.path.hasSuffix("/egresses") else { return response }
        var text = String(decoding: response.body, as: UTF8.self)
        for complete in ["egress_ended", "egress_complete"] {
            text = text.replacingOccurrences(of: "\"\(complete)\"", with: "\"\(word)\"")
        }
        response.body = Array(text.utf8)
        return response
    }
}

/// Puts a file in the place of the folder for unfinished files before the first link is asked for.
private final class SpoolBreaker: HTTPTransport {
    private let base: any HTTPTransport
    private let spool: String
    private let isBroken = Mutex(false)

    init(base: any HTTPTransport, spool: String) {
        self.base = base
        self.spool = spool
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        try isBroken.withLock { isBroken in
            guard !isBroken else { return }
            isBroken = true
            try FileManager.default.removeItem(atPath: spool)
            try Data().write(to: URL(filePath: spool))
        }
        return try await base.send(request)
    }
}
