import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Written records", .enabled(if: RecordValidation.isAvailable, "\(RecordValidation.advice)"))
struct RecordSchemaTests {
    @Test("obey their schema after runs with faults over both platforms, and after what changed since")
    func faults() async throws {
        try await Scenario.with(.demo()) { scenario in
            _ = try await scenario.sync()
            scenario.simulator.growCounters(ofRecordings: 5)
            scenario.simulator.addLateRecording(startedAt: Scenario.start.seconds - 86_400)
            scenario.simulator.addAuditRows(3, egress: scenario.simulator.kismetTruth().egresses.first?.id ?? 0)
            scenario.clock.advance(by: .seconds(86_400))
            _ = try await scenario.sync()
            try expectAllValid(scenario.archive)
            #expect(try scenario.archive.repeats() > 0)
        }
    }

    @Test("obey their schema when raw is switched off")
    func withoutRaw() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync(includesRaw: false)
            try expectAllValid(scenario.archive)
            #expect(try scenario.archive.records(.recordings).allSatisfy { $0["raw"] == nil })
        }
    }

    @Test("obey their schema when one kind alone is read", arguments: RecordKind.readByDefault)
    func oneKind(kind: RecordKind) async throws {
        try await Scenario.with(.small(seed: 77)) { scenario in
            let sources = scenario.sources.map { source in
                var source = source
                source.reads = [kind]
                return source
            }
            _ = try await scenario.sync(sources)
            let validation = try scenario.archive.validation()
            #expect(validation.problems == [])
            #expect(validation.checked.filter { $0.value > 0 }.keys.map(\.self) == [kind])
        }
    }

    @Test("obey their schema whatever a connector makes of strange data", arguments: [true, false])
    func strangeData(includesRaw: Bool) async throws {
        let archive = try Archive()
        defer { archive.remove() }
        var registry = ConnectorRegistry()
        try registry.register(ExtremeSource.self)
        let source = SourceConfiguration(id: "A.b-c_1", connector: "extreme_2", settings: [:])
        let clock = ManualClock.automatic(at: Scenario.start)
        let report = try await archive.sync([source], includesRaw: includesRaw, registry: registry, clock: clock)
        #expect(report.outcomes.map(\.state) == [.complete], "\(report.outcomes.map(\.failures))")
        try expectAllValid(archive)
    }

    @Test(
        "that are spoiled are reported by file, line and member",
        arguments: [
            (.recordings, #""status":"[a-z]+""#, #""status":"archived""#, "$.status: 'archived' is not one of"),
            (.recordings, #""title":("[^"]*"|null),"#, "", "$: 'title' is a required property"),
            (.recordings, #""observed_at":"([^"]*)Z""#, #""observed_at":"$1+00:00""#, "$.observed_at: "),
            (.recordings, #""observed_at":"[^"]*""#, #""observed_at":"2026-02-30T00:00:00Z""#, "is not a 'date-time'"),
            (.recordings, #""observed_at":"[^"]*""#, #""observed_at":null"#, "$.observed_at: None is not of type"),
            (.recordings, #""name":(null|"[^"]*")"#, #""nick":"x""#, "$.host: "),
            (.recordings, #""source":"#, #""sauce":"#, "$: "),
            (.accessSummaries, #""views":[0-9]+"#, #""views":-1"#, "$.views: -1 is less than the minimum"),
            (.accessSummaries, #""views":[0-9]+"#, #""views":"1""#, "$.views: '1' is not of type"),
            (.accessEvents, #""actions":\[[^\]]*\]"#, #""actions":["view","peek"]"#, "$.actions[1]: 'peek'"),
            (.accessEvents, #""actions":\[[^\]]*\]"#, #""actions":[]"#, "$.actions: "),
            (.accessEvents, #"\}$"#, "", "not JSON: "),
        ] as [(RecordKind, String, String, String)]
    )
    func spoiled(kind: RecordKind, pattern: String, replacement: String, problem: String) async throws {
        try await Scenario.with(.webex(recordings: 4)) { scenario in
            _ = try await scenario.sync([scenario.simulator.webexSource()])
            var lines = try scenario.archive.contents(of: kind).components(separatedBy: "\n")
            let spoilt = lines[2].replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
            #expect(spoilt != lines[2])
            lines[2] = spoilt
            let file = scenario.path("out/\(kind).jsonl")
            try lines.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
            let problems = try scenario.archive.validation().problems
            #expect(problems.isEmpty == false)
            #expect(problems.allSatisfy { $0.hasPrefix("\(kind).jsonl:3: ") }, "\(problems)")
            #expect(
                problems.contains { $0.hasPrefix("\(kind).jsonl:3: \(problem)") || $0.contains(problem) },
                "\(problems)"
            )
        }
    }

    @Test(
        "of media have room for every outcome, and for nothing else",
        arguments: [
            (
                """
                "path":"clinic/7/video.mp4","bytes":9007199254740993,"sha256":"\(String(repeating: "0f", count: 32))",\
                "content_type":"video/mp4","etag":"\\"x\\"","fetched_at":"2026-01-01T00:00:00.5Z","state":"stored","reason":null
                """, true
            ),
            (Self.nothing + #""state":"pending","reason":"not ready""#, true),
            (Self.nothing + #""state":"lost","reason":null"#, false),
            (Self.nothing + #""state":"gone""#, false),
        ]
    )
    func media(members: String, isValid: Bool) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "media-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let line =
            #"{"source":"clinic","connector":"kismet","recording_id":"7","rendition":"video",\#(members)}"# + "\n"
        try Data(line.utf8).write(to: folder.appending(path: "media.jsonl"))
        let validation = try RecordValidation(of: folder)
        #expect(validation.checked == [.media: 1])
        #expect(validation.problems.isEmpty == isValid, "\(validation.problems)")
    }

    private static let nothing =
        #""path":null,"bytes":null,"sha256":null,"content_type":null,"etag":null,"fetched_at":null,"#

    private func expectAllValid(_ archive: Archive) throws {
        let validation = try archive.validation()
        #expect(validation.problems == [])
        #expect(try validation.checked == archive.lineCounts())
        #expect(validation.checked.values.allSatisfy { $0 > 0 } && validation.checked.count == 3)
    }
}
