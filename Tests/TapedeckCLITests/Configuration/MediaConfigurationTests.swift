import RecordingHost
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("The configuration of media")
struct MediaConfigurationTests {
    private static let sources =
        "sources: { clinic: { connector: 'beta', read: ['media'], settings: { accessToken: '${env:T}' } } }"
    private static let sinks = "sinks: [{ kind: 'jsonl', directory: 'out' }]"

    private func load(
        _ media: String,
        sources: String = Self.sources,
        for purpose: ConfigurationLoader.Purpose = .everything
    ) throws -> LoadedConfiguration {
        let files = MemoryFiles(["/clinic/t.json5": "{ \(sources), \(Self.sinks), \(media) }"])
        let loader = ConfigurationLoader(
            registry: try TestConnectors.registry(),
            makeSink: TestConnectors.makeSink,
            makeMediaStore: TestConnectors.makeMediaStore,
            files: files.access,
            environment: ["T": "token"]
        )
        return try loader.load("t.json5", for: purpose)
    }

    private func problems(_ media: String, sources: String = Self.sources) throws -> [String] {
        let failure = #expect(throws: ConfigurationFailure.self) { try load(media, sources: sources) }
        return failure?.problems.map { $0.line(file: "t") } ?? []
    }

    @Test("Everything that the file says arrives")
    func complete() throws {
        let loaded = try load(
            """
            media: { directory: 'out/media', parallel: 8, bandwidth: '20MB/s', retain: '2y', whenWithdrawn: 'quarantine',
                hold: { sources: ['clinic'], recordings: ['clinic/4711', 'clinic/a/b'] }, store: { kind: 'folder' } }
            """
        )
        let media = try #require(loaded.media)
        #expect(media.store == MediaStoreRequest(directory: "/clinic/out/media"))
        #expect(
            media.settings
                == MediaSettings(
                    directory: "/clinic/out/media",
                    parallelTransfers: 8,
                    whenWithdrawn: .quarantine,
                    retention: media.retention
                )
        )
        #expect(media.bytesPerSecond == 20_000_000)
        #expect(media.retainText == "2y")
        #expect(media.retention.retain == .seconds(2 * 31_557_600))
        #expect(media.retention.legalHolds.sources == ["clinic"])
        #expect(
            media.retention.legalHolds.recordings == [
                LegalHolds.HeldRecording(source: "clinic", recordingID: "4711"),
                LegalHolds.HeldRecording(source: "clinic", recordingID: "a/b"),
            ]
        )
        #expect(loaded.warnings.isEmpty)
    }

    @Test("A folder is enough: four at once, no limit, kept for ever, also what the platform takes back")
    func defaults() throws {
        let media = try #require(try load("media: { directory: 'm' }").media)
        #expect(
            media.settings
                == MediaSettings(
                    directory: "/clinic/m",
                    parallelTransfers: 4,
                    whenWithdrawn: .keep,
                    retention: media.retention
                )
        )
        #expect(media.store.kind == "folder")
        #expect(media.bytesPerSecond == nil)
        #expect(media.retention.retain == nil)
        #expect(media.retention.legalHolds == LegalHolds())
    }

    @Test(
        "A mistake is told at its place, with what was expected and the nearest name",
        arguments: [
            ("paralel: 4", "media.paralel: Unknown key; known here: directory, parallel,", "parallel"),
            ("hold: { source: ['a'] }", "media.hold.source: Unknown key; known here: sources, recordings", "sources"),
            ("store: { kind: 'folder', knd: 1 }", "media.store.knd: Unknown key; known here: kind", "kind"),
            ("store: { kind: 'foldr' }", "media.store.kind: Expected a kind of store: folder.", "folder"),
            ("store: {}", "media.store: \"kind\" is missing, such as \"folder\".", nil),
            ("parallel: 0", "media.parallel: Expected a whole number from 1 to 64.", nil),
            ("parallel: 65", "media.parallel: Expected a whole number from 1 to 64.", nil),
            ("parallel: '4'", "media.parallel: Expected a whole number from 1 to 64, found a string.", nil),
            ("bandwidth: '20MB'", "media.bandwidth: Expected a size a second such as \"500KB/s\" or \"20MB/s\"", nil),
            ("bandwidth: 20", "media.bandwidth: Expected a size a second such as", nil),
            ("retain: '2 years'", "media.retain: Expected a span of time such as \"2y\" or \"180d\"", nil),
            ("retain: '6m'", "media.retain: Files must be kept for a day at least", nil),
            ("retain: 2", "media.retain: Expected a span of time such as \"2y\" or \"180d\", found a number.", nil),
            ("hold: { recordings: ['4711'] }", "media.hold.recordings.0: Expected a source, a slash and the", nil),
            ("hold: { sources: 'clinic' }", "media.hold.sources: Expected a list, found a string.", nil),
            (
                "whenWithdrawn: 'quarantin'",
                "media.whenWithdrawn: Expected one of \"keep\", \"quarantine\", \"purge\".", "quarantine"
            ),
        ] as [(String, String, String?)]
    )
    func mistakes(media: String, expected: String, suggestion: String?) throws {
        let lines = try problems("media: { directory: 'm', \(media) }")
        #expect(lines.count == 1)
        #expect(lines.first?.contains("error: " + expected) == true, "\(lines)")
        let question = suggestion.map { "Did you mean \"\($0)\"?" }
        #expect(lines.first?.hasSuffix(question ?? "") == true || question == nil, "\(lines)")
        if question == nil { #expect(lines.first?.contains("Did you mean") == false) }
    }

    @Test("Media that are read need a place")
    func missingPlace() throws {
        #expect(
            try problems("raw: true") == [
                "t:1:49: error: sources.clinic.read: Media need a place; add media: { directory: \"out/media\" } beside \"sources\"."
            ]
        )
        #expect(try problems("media: {}").map { $0.contains("media: \"directory\" is missing") } == [true])
    }

    @Test("A source whose connector has no media needs no place for them, but a word")
    func noMedia() throws {
        let sources =
            "sources: { a: { connector: 'alpha', read: ['media'], settings: { clientID: '${env:T}', clientSecret: '${env:T}' } } }"
        let loaded = try load("raw: true", sources: sources)
        #expect(loaded.warnings.map(\.path) == [["sources", "a", "read"]])
    }

    @Test("A hold that names no source of the file is a warning, because it may be a slip")
    func unknownHold() throws {
        let holds = "hold: { sources: ['clinc', 'clinic'], recordings: ['clinik/1', 'clinic/2'] }"
        let warnings = try load("media: { directory: 'm', \(holds) }").warnings
        #expect(warnings.map(\.path) == [["media", "hold", "sources"], ["media", "hold", "recordings"]])
        #expect(warnings.map(\.suggestion) == ["clinic", "clinic"])
    }

    @Test("For deleting what is old, sources may be wrong, and the place may not")
    func retention() throws {
        let sources = "sources: { clinic: { connector: 'gone' } }"
        #expect(try load("media: { directory: 'm' }", sources: sources, for: .retention).media != nil)
        #expect(throws: ConfigurationFailure.self) {
            try load("media: { directory: 'm', retain: '1h' }", sources: sources, for: .retention)
        }
    }
}
