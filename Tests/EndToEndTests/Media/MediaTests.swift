import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Media of both platforms", .timeLimit(.minutes(5)))
struct MediaTests {
    @Test("are stored whole, named in sinks and manifest, at the cost of one show each, and once")
    func everything() async throws {
        try await MediaScenario.with(.small(media: MediaPlan())) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.map(\.failures))")
            try await scenario.expectAllStored()
            #expect(scenario.shows.values.allSatisfy { $0 == 1 })
            #expect(scenario.simulator.statistics.media.requestsWithClientHeaders == 0)
            #expect(scenario.simulator.statistics.media.webPages == 0)
            let before = scenario.simulator.statistics.media
            scenario.scenario.clock.advance(by: .seconds(86_400 * 8))
            let second = try await scenario.sync()
            #expect(second.outcomes.map(\.state) == [.complete, .complete], "\(second.outcomes.map(\.failures))")
            #expect(second.outcomes.map { $0.counts.written[.media] ?? 0 } == [0, 0])
            #expect(scenario.simulator.statistics.media.requestsByFile == before.requestsByFile)
            #expect(scenario.shows == before.shows)
            try await scenario.expectAllStored()
        }
    }

    @Test("cost nothing when they are not asked for")
    func metadataAlone() async throws {
        try await MediaScenario.with(.small(media: MediaPlan())) { scenario in
            _ = try await scenario.scenario.sync()
            #expect(scenario.shows.isEmpty)
            #expect(scenario.simulator.statistics.media.requests == 0)
            #expect(scenario.simulator.statistics.showReads == 0)
        }
    }

    @Test("come from the ledger's list when they are asked for later, and reads come back marked")
    func laterOn() async throws {
        try await MediaScenario.with(.small(media: MediaPlan())) { scenario in
            _ = try await scenario.scenario.sync()
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.map(\.failures))")
            try await scenario.expectAllStored()
            scenario.scenario.clock.advance(by: .seconds(3_600))
            _ = try await scenario.sync()
            let events = try scenario.scenario.archive.records(.accessEvents).filter {
                $0["source"]?.string == "clinic"
            }
            let induced = Set(
                events.filter { $0["self_induced"]?.boolean == true }.compactMap { $0["recording_id"]?.string }
            )
            #expect(induced == Set(scenario.shows.keys.map { String($0) }))
            #expect(events.allSatisfy { $0["self_induced"]?.boolean != true || $0["actions"]?.elements.count == 1 })
        }
    }

    @Test(
        "survive what servers do",
        arguments: [
            .resets(afterBytes: 9_000), .cutsOff(afterBytes: 9_000), .ignoresRange, .hasNoETag, .hasWeakETag,
            .redirectsToOtherPath, .redirectsToOtherOrigin, .linkDies(afterRequests: 1), .announcesNothing,
            .changes(afterRequests: 1, keepsETag: false), .status(503), .status(429),
        ] as [MediaFault]
    )
    func faults(fault: MediaFault) async throws {
        let requests = fault == .ignoresRange || "\(fault)".hasPrefix("status") ? 1...2 : 1...3
        let plan = MediaPlan(
            lengths: 20_000...90_000,
            faults: [MediaFaultRule(fault, on: .everything, requests: requests)]
        )
        try await MediaScenario.with(.small(media: plan)) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.map(\.failures))")
            guard !"\(fault)".hasPrefix("changes") else { return }
            try await scenario.expectAllStored()
        }
    }

    @Test(
        "that are none are refused with a reason, tried again, and cost no other file",
        arguments: [
            (.htmlPage, "not_media"), (.xmlError, "not_media"), (.emptyBody, "not_media"), (.gzips, "not_media"),
            (.contentType("text/html; charset=utf-8"), "not_media"), (.redirectsToPrivateAddress, "insecure_url"),
            (.redirects(to: "https://10.0.0.1/recordings/1.mp4"), "address_refused"),
            (.announcesMore(by: 10), "truncated_response"),
        ] as [(MediaFault, String)]
    )
    func refused(fault: MediaFault, code: String) async throws {
        let rule = MediaFaultRule(fault, on: .every(2, remainder: 0, platform: .webex, rendition: "video"))
        try await MediaScenario.with(.small(media: MediaPlan(faults: [rule]))) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .incomplete])
            #expect(report.outcomes[1].failures.map(\.code) == [code], "\(report.outcomes[1].failures)")
            let failed = try scenario.media().values.filter { $0["state"]?.string == "failed" }
            #expect(!failed.isEmpty && failed.allSatisfy { $0["reason"]?.string?.isEmpty == false })
            scenario.simulator.setMediaFaults([])
            let second = try await scenario.sync()
            #expect(second.outcomes.map(\.state) == [.complete, .complete], "\(second.outcomes.map(\.failures))")
            try await scenario.expectAllStored()
        }
    }

    @Test("that the platform withholds are outcomes and no failures")
    func outcomes() async throws {
        let plan = MediaPlan(states: [
            MediaStateRule(.preventsDownloading, on: .every(4, remainder: 0, platform: .webex)),
            MediaStateRule(.deleted, on: .every(4, remainder: 1, platform: .webex)),
            MediaStateRule(.needsConfirmation, on: .every(4, remainder: 2, platform: .webex)),
            MediaStateRule(.late(afterSeconds: 3_600), on: .every(3, remainder: 0, platform: .kismet)),
            MediaStateRule(.forbidden, on: .every(3, remainder: 1, platform: .kismet)),
        ])
        try await MediaScenario.with(.small(media: plan)) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.map(\.failures))")
            try await scenario.expectAllStored()
            let asked = scenario.shows
            _ = try await scenario.sync()
            #expect(scenario.shows == asked)
            scenario.scenario.clock.advance(by: .seconds(7_200))
            _ = try await scenario.sync()
            try await scenario.expectAllStored()
        }
    }

    @Test("are not tried any more after 200 failures of one kind in a row, and records are read all the same")
    func hopeless() async throws {
        let plan = MediaPlan(audioEvery: 0, transcriptEvery: 0, faults: [MediaFaultRule(.htmlPage, on: .everything)])
        let world = SimulatorPlan(
            kismet: KismetPlan(users: 1, calls: 0),
            webex: WebexPlan(sites: [WebexSite(name: "example.webex.com", recordings: 330)], hosts: 2),
            media: plan
        )
        try await MediaScenario.with(world) { scenario in
            let report = try await scenario.sync([scenario.sources[1]])
            #expect(report.outcomes.map(\.state) == [.incomplete])
            #expect(report.outcomes[0].failures.map(\.code) == ["not_media"])
            #expect(report.outcomes[0].counts.recordings == 330)
            let tried = scenario.simulator.statistics.media.requestsByFile.count
            #expect((200...264).contains(tried), "\(tried)")
            #expect(report.outcomes[0].counts.media.left == 330)
        }
    }

    @Test("are left for later when the run may leave no more entries in the audit trail")
    func budget() async throws {
        try await MediaScenario.with(.small(media: MediaPlan())) { scenario in
            let request = SyncRequest(maximumAuditReads: 2)
            let report = try await scenario.sync(request: request)
            #expect(report.outcomes.map(\.state) == [.incomplete, .complete])
            #expect(report.outcomes[0].failures.first?.code == "audit_budget_exhausted")
            #expect(report.outcomes[0].counts.media.left > 0)
            #expect(scenario.shows.values.reduce(0, +) == 2)
            _ = try await scenario.sync()
            try await scenario.expectAllStored()
            #expect(scenario.shows.values.allSatisfy { $0 == 1 })
        }
    }
}

@Suite("Media that are taken back or grow old", .timeLimit(.minutes(5)))
struct MediaWithdrawalTests {
    @Test(
        "are kept, put away or deleted as the configuration says, and the manifest says so",
        arguments: WithdrawalPolicy.allCases,
        [false, true]
    )
    func withdrawn(policy: WithdrawalPolicy, isHeld: Bool) async throws {
        try await MediaScenario.with(.small(media: MediaPlan(audioEvery: 0, transcriptEvery: 0))) { scenario in
            _ = try await scenario.sync()
            let stored = try scenario.media().values.filter { $0["state"]?.string == "stored" }
            let victim = try #require(
                stored.first { $0["source"]?.string == "acme" }?["recording_id"]?.string
            )
            let path = try #require(stored.first { $0["recording_id"]?.string == victim }?["path"]?.string)
            scenario.simulator.setMediaState(.deleted, recording: victim)
            // Where asking costs nothing, it is done again every month.
            scenario.scenario.clock.advance(by: .seconds(31 * 86_400))
            let holds = LegalHolds(
                recordings: isHeld ? [LegalHolds.HeldRecording(source: "acme", recordingID: victim)] : []
            )
            let report = try await scenario.sync(
                whenWithdrawn: policy,
                retention: RetentionPolicy(retain: nil, legalHolds: holds)
            )
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.map(\.failures))")
            #expect(report.outcomes[1].counts.media.withdrawn == 1)
            let effective = isHeld ? .keep : policy
            let line = try scenario.media().values.first { $0["recording_id"]?.string == victim }
            #expect(line?["state"]?.string == (effective == .keep ? "stored" : "gone"))
            #expect(line?["reason"]?.string?.hasPrefix("withdrawn") == true)
            let manager = FileManager.default
            #expect(manager.fileExists(atPath: scenario.folder.path + "/" + path) == (effective == .keep))
            #expect(
                manager.fileExists(atPath: scenario.folder.path + "/__quarantine/" + path) == (effective == .quarantine)
            )
            try await scenario.expectVerified(files: stored.count + 1)
        }
    }

    @Test("are not fetched when they are older than files are kept")
    func old() async throws {
        try await MediaScenario.with(.small(media: MediaPlan(audioEvery: 0, transcriptEvery: 0))) { scenario in
            let policy = try RetentionPolicy(retain: .seconds(86_400 * 100))
            let report = try await scenario.sync([scenario.sources[1]], retention: policy)
            #expect(report.outcomes.map(\.state) == [.complete])
            let states = try scenario.media().values.map { $0["state"]?.string }
            #expect(Set(states) == ["stored", "gone"])
            #expect(scenario.simulator.statistics.media.linkRequests.count == states.count { $0 == "stored" })
        }
    }

    @Test("are put away, and not deleted, when the platform merely does not list them any more")
    func unlisted() async throws {
        try await MediaScenario.with(.small(media: MediaPlan())) { scenario in
            let sources = [scenario.sources[0]]
            _ = try await scenario.sync(sources)
            scenario.scenario.clock.advance(by: .seconds(86_400))
            let again = try await scenario.sync(sources, whenWithdrawn: .purge)
            #expect(again.outcomes[0].counts.media.withdrawn == 0)
            let stored = try scenario.media().values.filter { $0["state"]?.string == "stored" }
            let calls = try scenario.scenario.archive.records(.recordings).reduce(into: [String: String]()) {
                calls,
                line in
                calls[line["id"]?.string ?? ""] = line["context"]?["call_id"]?.string
            }
            let call = try #require(stored.first.flatMap { calls[$0["recording_id"]?.string ?? ""] })
            let gone = calls.filter { $0.value == call }.map(\.key)
            scenario.scenario.clock.advance(by: .seconds(86_400))
            let report = try await scenario.sync(
                sources,
                whenWithdrawn: .purge,
                apiThrough: { EmptyCall(base: $0, call: call) }
            )
            #expect(report.outcomes.map(\.state) == [.complete], "\(report.outcomes.map(\.failures))")
            let lines = try scenario.media().values.filter { gone.contains($0["recording_id"]?.string ?? "") }
            #expect(report.outcomes[0].counts.media.withdrawn > 0)
            #expect(lines.contains { $0["reason"]?.string?.hasPrefix("withdrawn, in quarantine") == true })
            #expect(lines.allSatisfy { $0["reason"]?.string?.contains("deleted") != true })
            try await scenario.expectVerified(files: stored.count + report.outcomes[0].counts.media.withdrawn)
        }
    }
}

/// Answers that one call has no recordings.
private struct EmptyCall: HTTPTransport {
    let base: any HTTPTransport
    let call: String

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let response = try await base.send(request)
        guard request.url.path.hasSuffix("/calls/\(call)/egresses") else { return response }
        return TransportResponse(
            status: 200,
            headers: ["Content-Type": "application/json"],
            body: Array(#"{"egresses":[]}"#.utf8)
        )
    }
}
