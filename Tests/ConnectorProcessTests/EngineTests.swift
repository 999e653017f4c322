import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import TapeArchiveSample
import Testing

@testable import ConnectorProcess

@Suite("An executable connector through the whole host")
struct EngineTests {
    static let programs = [Programs.python, Programs.swift]

    @Test("says what it is", arguments: programs)
    func description(program: String) async throws {
        try await Programs.with(program) { connector in
            #expect(connector.descriptor.id == "tape_archive")
            #expect(connector.descriptor.name == "Tape Archive")
            #expect(connector.descriptor.settings.markdownTable == TapeArchive.connector.settings.markdownTable)
            #expect(connector.descriptor.produces == TapeArchive.connector.produces)
            #expect(connector.descriptor.media == TapeArchive.connector.media)
            #expect(connector.origin.route == .executable)
            #expect(connector.origin.version == "1.0")
            #expect(connector.origin.path == program)
            #expect(connector.origin.sha256?.count == 64)
        }
    }

    @Test("checks the credentials by one request, which carries them though it never saw them", arguments: programs)
    func check(program: String) async throws {
        try await Programs.with(program) { connector in
            let bench = try ArchiveBench(connector)
            #expect(try await bench.check() == nil)
            #expect(bench.transport.requests.map { $0.headers["Authorization"] } == ["Bearer canary-token"])
        }
    }

    @Test("reads every recording, counter and event, as it does when it is compiled in", arguments: programs)
    func everything(program: String) async throws {
        var registry = ConnectorRegistry()
        try registry.register(TapeArchive.self)
        let compiledIn = ArchiveBench(registry)
        #expect(try await compiledIn.sync().state == .complete)
        try await Programs.with(program) { connector in
            let bench = try ArchiveBench(connector)
            let outcome = try await bench.sync()
            #expect(outcome.state == .complete)
            #expect(outcome.counts.listingsComplete == 3)
            let archive = Archive()
            #expect(await bench.recordingIDs == archive.tapes())
            #expect(await bench.eventIDs == archive.entries())
            #expect(await ArchiveRecords(bench.sink) == ArchiveRecords(compiledIn.sink))
        }
    }

    @Test("hands on the platform's own object byte for byte", arguments: programs)
    func raw(program: String) async throws {
        try await Programs.with(program) { connector in
            let bench = try ArchiveBench(connector)
            _ = try await bench.sync()
            let recording = await bench.sink.recordings.first { $0.id == "b2" }
            #expect(recording?.raw.map { String(decoding: $0.rawBytes, as: UTF8.self) } == Archive.tape("b2"))
            let event = await bench.sink.events.first { $0.id == "b2-1" }?.event
            #expect(event?.raw.map { String(decoding: $0.rawBytes, as: UTF8.self) } == Archive.entry("b2-1"))
        }
    }

    @Test("reads nothing twice in a second run", arguments: programs)
    func secondRun(program: String) async throws {
        try await Programs.with(program) { connector in
            let bench = try ArchiveBench(connector)
            _ = try await bench.sync()
            let outcome = try await bench.sync()
            #expect(outcome.state == .complete)
            #expect(outcome.counts.events == 0)
            #expect(await bench.sink.recordings.count == 9)
        }
    }

    @Test("sees its settings, and no secret", arguments: programs)
    func settings(program: String) async throws {
        try await Programs.with(program) { connector in
            let bench = try ArchiveBench(connector, settings: ["shelves": ["b", "c"]])
            #expect(try await bench.sync().state == .complete)
            #expect(await bench.recordingIDs == Archive().tapes(without: "a"))
        }
    }

    @Test("offers media", arguments: programs)
    func media(program: String) async throws {
        try await Programs.with(program) { connector in
            let parsed = connector.descriptor.settings.parse(["accessToken": "canary-token"])
            let source = connector.makeSource(settings: parsed.settings)
            let providing = try #require(source as? any MediaProviding)
            let api = ScriptedAPI([
                "/tapes/a1/audio": .json([
                    "url": "https://files.example/a1.mp3?signature=x", "expires_at": "2026-01-02T03:04:05Z",
                ]),
                "/tapes/a2/audio": .json([:]),
            ])
            guard case .available(let links) = try await providing.media(of: Recording(id: "a1"), api: api.client)
            else {
                Issue.record("not available")
                return
            }
            #expect(links.map(\.rendition) == ["audio"])
            #expect(links.map(\.url) == ["https://files.example/a1.mp3?signature=x"])
            #expect(links.first?.expiresAt == Timestamp("2026-01-02T03:04:05Z"))
            #expect(links.first?.fileExtension == "mp3")
            guard case .pending(let reason) = try await providing.media(of: Recording(id: "a2"), api: api.client) else {
                Issue.record("not pending")
                return
            }
            #expect(reason == "The tape is not digitised yet.")
        }
    }

    @Test("a failure of the platform costs its listing alone, and keeps its own words", arguments: programs)
    func platformFailure(program: String) async throws {
        try await Programs.with(program) { connector in
            var archive = Archive()
            archive.missingShelf = "b"
            let bench = try ArchiveBench(connector, archive: archive)
            let outcome = try await bench.sync()
            #expect(outcome.state == .incomplete)
            #expect(outcome.counts.listingsIncomplete == 1)
            #expect(outcome.failures.map(\.code) == ["not_found"])
            #expect(outcome.failures.first?.reason.contains("GET /shelves/{shelf}/tapes") == true)
            #expect(await bench.recordingIDs == Archive().tapes(without: "b"))
        }
    }
}

/// What came out of a run, for comparing two ways of reading the same.
private struct ArchiveRecords: Equatable {
    let lines: [String]

    init(_ sink: MemorySink) async {
        var lines: [String] = []
        for recording in await sink.recordings {
            let raw = recording.raw.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? ""
            lines.append(
                "\(recording.id) \(recording.title ?? "") \(recording.startedAt?.description ?? "") "
                    + "\(recording.status.rawValue) \(recording.rawStatus ?? "") \(raw)"
            )
        }
        for summary in await sink.summaries {
            lines.append("\(summary.recordingID) \(summary.views ?? -1) \(summary.downloads ?? -1)")
        }
        for (id, event) in await sink.events {
            let raw = event.raw.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? ""
            lines.append(
                "\(id) \(event.recordingID) \(event.actor.name ?? "") \(event.actions.map(\.rawValue)) "
                    + "\(event.occurredAt?.description ?? "") \(raw)"
            )
        }
        self.lines = lines.sorted()
    }
}
