import RecordingHost
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("Loading a configuration")
struct ConfigurationLoaderTests {
    private let files = MemoryFiles()

    private func load(
        _ text: String,
        environment: [String: String] = [:],
        for purpose: ConfigurationLoader.Purpose = .everything
    ) throws -> LoadedConfiguration {
        files.put("/clinic/t.json5", text)
        let loader = ConfigurationLoader(
            registry: try TestConnectors.registry(),
            makeSink: TestConnectors.makeSink,
            makeMediaStore: TestConnectors.makeMediaStore,
            files: files.access,
            environment: environment
        )
        return try loader.load("t.json5", for: purpose)
    }

    private func problems(_ text: String, environment: [String: String] = [:]) throws -> [String] {
        let failure = #expect(throws: ConfigurationFailure.self) { try load(text, environment: environment) }
        return failure?.problems.map { $0.line(file: "t") } ?? []
    }

    private static let source = "connector: 'alpha', settings: { clientID: '${env:I}', clientSecret: '${env:S}' }"
    private static let sinks = "sinks: [{ kind: 'jsonl', directory: 'out' }]"
    private static let environment = ["I": "id", "S": "secret"]

    @Test("Everything that the file says arrives, with paths against the file's folder")
    func complete() throws {
        files.put("/clinic/keys/beta", "token\n")
        let loaded = try load(
            """
            { ledger: "sqlite:state/t.db",
              sources: {
                clinic: { \(Self.source), read: ["recordings"],
                          limits: { requestsPerSecond: 2.5, concurrency: 3, maxWait: "1h30m" } },
                acme: { connector: "beta", settings: { accessToken: "${file:keys/beta}", sites: ["a", "b"] } },
              },
              sinks: [{ kind: "jsonl", directory: "./out", compress: "zstd", rotate: "100MB" }], media: { directory: "/m" }, raw: false }
            """,
            environment: Self.environment
        )
        #expect(loaded.ledgerPath == "/clinic/state/t.db")
        let sink = SinkRequest(
            kind: "jsonl",
            directory: "/clinic/out",
            base: "/clinic",
            compression: "zstd",
            rotateAfter: 100_000_000
        )
        #expect(loaded.sinks == [sink])
        #expect(!loaded.host.includesRaw)
        #expect(loaded.host.sources.map(\.id) == ["clinic", "acme"])
        let clinic = try #require(loaded.host.sources.first)
        #expect(clinic.settings == ["clientID": "id", "clientSecret": "secret"])
        #expect(clinic.reads == [.recordings])
        #expect(
            clinic.limits
                == LimitOverrides(concurrency: 3, requestsPerSecond: 2.5, maximumWait: .seconds(5_400))
        )
        #expect(loaded.host.sources.last?.settings == ["accessToken": "token", "sites": ["a", "b"]])
        #expect(loaded.warnings.isEmpty)
    }

    @Test("The ledger has a default beside the file")
    func defaultLedger() throws {
        let loaded = try load("{ sources: { a: { \(Self.source) } }, \(Self.sinks) }", environment: Self.environment)
        #expect(loaded.ledgerPath == "/clinic/tapedeck.db")
    }

    @Test(
        "Each mistake is told with its place, what was expected and the nearest known name",
        arguments: [
            ("{ sources: { a: {S} }, {K}, legder: 'x' }", "1:{L}: error: legder: Unknown key", "ledger"),
            ("{ sources: { a: {S} }, {K}, raw: 1 }", "error: raw: Expected true or false, found a number.", nil),
            ("{ sources: { a: {S} }, {K}, ledger: 'x.db' }", "error: ledger: Expected \"sqlite:\" and a path", nil),
            ("{ sources: { a: { limit: {}, {B} } }, {K} }", "1:19: error: sources.a.limit: Unknown key", "limits"),
            (
                "{ sources: { a: { {B}, limits: { concurrency: 0 } } }, {K} }", "limits.concurrency: Expected a whole",
                nil
            ),
            ("{ sources: { a: { {B}, limits: { maxWait: 15 } } }, {K} }", "maxWait: Expected a span of time", nil),
            ("{ sources: { a: { {B}, limits: { maxWait: '15x' } } }, {K} }", "maxWait: Expected a span of time", nil),
            ("{ sources: { a: { {B}, limits: { maxWait: '8d' } } }, {K} }", "at most \"7d\"", nil),
            (
                "{ sources: { a: { {B}, limits: { requestsPerSecond: 'x' } } }, {K} }",
                "a number above 0, found a string", nil
            ),
            (
                "{ sources: { a: { {B}, read: ['recording'] } }, {K} }", "sources.a.read.0: Expected one of",
                "recordings"
            ),
            ("{ sources: { a: { {B}, read: [] } }, {K} }", "sources.a.read: This list must not be empty.", nil),
            ("{ sources: { a: { settings: {} } }, {K} }", "sources.a.connector: \"connector\" is missing", nil),
            ("{ sources: { '-a': {S} }, {K} }", "sources.-a: Expected a source id", nil),
            ("{ sources: { a: 1 }, {K} }", "sources.a: Expected an object, found a number.", nil),
            ("{ sources: {}, {K} }", "sources: Expected at least one source.", nil),
            ("{ {K} }", "\"sources\" is missing", nil),
            ("{ sources: { a: {S} } }", "\"sinks\" is missing", nil),
            ("{ sources: { a: {S} }, sinks: [] }", "sinks: This list must not be empty.", nil),
            ("{ sources: { a: {S} }, sinks: [{}] }", "sinks.0: \"kind\" is missing", nil),
            ("{ sources: { a: {S} }, sinks: [{ kind: 'jsonk' }] }", "sinks.0.kind: Expected a kind of sink", "jsonl"),
            ("{ sources: { a: {S} }, sinks: [{ kind: 'jsonl' }] }", "sinks.0.directory: \"directory\" is missing", nil),
            (
                "{ sources: { a: {S} }, sinks: [{ kind: 'jsonl', directory: 'x', dir: 'x' }] }",
                "sinks.0.dir: Unknown key", nil
            ),
            (
                "{ sources: { a: {S} }, sinks: [{ kind: 'jsonl', directory: 'x', rotate: '100 MB' }] }",
                "sinks.0.rotate: Expected a size such as \"500KB\"", nil
            ),
            (
                "{ sources: { a: {S} }, sinks: [{ kind: 'jsonl', directory: 'x', rotate: 5 }] }",
                "or \"2GB\", found a number", nil
            ),
            (
                "{ sources: { a: {S} }, sinks: [{ kind: 'jsonl', directory: 'x', compress: true }] }",
                "sinks.0.compress: Expected a text", nil
            ),
            (
                "{ sources: { a: {S} }, sinks: [{ kind: 'jsonl', directory: 'x' }, { kind: 'jsonl', directory: './x' }] }",
                "sinks.1.directory: The sink sinks.0 writes there already", nil
            ),
            ("{ sources: { a: {S} }, {K}, media: {} }", "media: \"directory\" is missing", nil),
            ("{ sources: { a: {S}, a: {S} }, {K} }", "error: ", nil),
            ("[]", "1:1: error: Expected an object, found an array.", nil),
            ("{ sources ", "error: Found the end of the text", nil),
        ] as [(String, String, String?)]
    )
    func mistakes(template: String, expected: String, suggestion: String?) throws {
        let text = template.replacing("{S}", with: "{ \(Self.source) }").replacing("{B}", with: Self.source)
            .replacing("{K}", with: Self.sinks)
        let lines = try problems(text, environment: Self.environment)
        let column =
            text.firstRange(of: "legder").map { text.distance(from: text.startIndex, to: $0.lowerBound) + 1 } ?? 0
        #expect(lines.count == 1)
        #expect(lines.first?.contains(expected.replacing("{L}", with: "\(column)")) == true, "\(lines)")
        #expect(lines.first?.hasPrefix("t:1:") == true, "\(lines)")
        if let suggestion { #expect(lines.first?.hasSuffix("Did you mean \"\(suggestion)\"?") == true, "\(lines)") }
        if suggestion == nil { #expect(lines.first?.contains("Did you mean") == false, "\(lines)") }
    }

    @Test(
        "What is wrong with settings is told at its place in the file",
        arguments: [
            ("clientId: 'x', clientID: 'i', clientSecret: '${env:S}'", "1:51: error: ", "clientId", "clientID"),
            ("clientID: 'i', clientSecret: '${env:S}', mode: 'fats'", "1:98: error: ", "mode", "fast"),
            ("clientID: 'i'", "1:49: error: ", "clientSecret", nil),
            ("clientID: 5, clientSecret: '${env:S}'", "1:61: error: ", "clientID", nil),
            ("clientID: null, clientSecret: '${env:S}'", "1:61: error: ", "clientID", nil),
            ("clientID: 'i', clientSecret: '${env:S}', calls: [{ callId: 1 }]", "", "calls.0.callId", "callID"),
        ] as [(String, String, String, String?)]
    )
    func settings(settings: String, place: String, path: String, suggestion: String?) throws {
        let lines = try problems(
            "{ sources: { a: { connector: 'alpha', settings: { \(settings) } } }, \(Self.sinks) }",
            environment: Self.environment
        )
        let line = try #require(lines.first { $0.contains(": sources.a.settings.\(path): ") }, "\(lines)")
        #expect(line.hasPrefix("t:\(place)"), "\(line)")
        #expect(
            suggestion.map { line.hasSuffix("Did you mean \"\($0)\"?") } ?? !line.contains("Did you mean"),
            "\(line)"
        )
    }

    @Test("An unknown connector is told with the nearest known one")
    func unknownConnector() throws {
        let lines = try problems(
            "{ sources: { a: { connector: 'alhpa', settings: {} } }, \(Self.sinks) }"
        )
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("t:1:30: error: sources.a.connector: ") == true)
        #expect(lines.first?.hasSuffix("Did you mean \"alpha\"?") == true)
    }

    @Test("A connector's name that came from elsewhere is not shown: a mistaken variable may hold a secret")
    func connectorFromElsewhere() throws {
        let lines = try problems(
            "{ sources: { a: { connector: '${env:S}', settings: {} } }, \(Self.sinks) }",
            environment: ["S": "canary"]
        )
        #expect(lines.count == 1)
        #expect(lines.first?.contains("sources.a.connector: Unknown connector; known are alpha, beta.") == true)
        #expect(lines.first?.contains("canary") == false)
    }

    @Test("All problems are told at once, in the order of the file")
    func allAtOnce() throws {
        let lines = try problems(
            """
            {
              legder: "x",
              sources: {
                a: { connector: "alpha", settings: { clientID: "${env:MISSING}", clientSecret: "${file:none}" } },
              },
              sinks: [{ kind: "jsonl", directory: "out" }, { kind: "parquet" }],
              raw: "yes",
            }
            """
        )
        #expect(
            lines == [
                "t:2:3: error: legder: Unknown key; known here: ledger, sources, sinks, media, raw, plugins. Did you mean \"ledger\"?",
                "t:4:52: error: sources.a.settings.clientID: The environment variable MISSING is not set.",
                "t:4:84: error: sources.a.settings.clientSecret: The file /clinic/none cannot be read: "
                    + "No such file or directory.",
                "t:6:56: error: sinks.1.kind: Expected a kind of sink: jsonl.",
                "t:7:8: error: raw: Expected true or false, found a string.",
            ]
        )
    }

    @Test("A secret that stands in the file is a warning with its place, and its value is not shown")
    func literalSecret() throws {
        files.makeReadableByOthers("/clinic/t.json5")
        let loaded = try load(
            "{ sources: { a: { connector: 'beta', settings: { accessToken: 'CANARY' } } }, \(Self.sinks) }"
        )
        let lines = loaded.warnings.map { $0.line(file: "t") }
        #expect(
            lines == [
                "t: warning: The file holds secrets and others may read it; set its mode to 0600.",
                "t:1:63: warning: sources.a.settings.accessToken: A secret stands in the file itself; "
                    + "write \"${env:NAME}\" or \"${file:/path}\" in its place.",
            ]
        )
    }

    @Test("A secret in an object of settings is a warning too")
    func literalNestedSecret() throws {
        let loaded = try load(
            """
            { sources: { a: { connector: "beta", settings: { oauth:
              { clientID: "x", clientSecret: "${env:S}", refreshToken: "CANARY" } } } }, \(Self.sinks) }
            """,
            environment: Self.environment
        )
        #expect(loaded.warnings.map(\.path) == [["sources", "a", "settings", "oauth", "refreshToken"]])
    }

    @Test("Folders that cannot be written into are told before anything is read")
    func unwritableFolders() throws {
        files.makeReadOnly("/clinic")
        files.put("/file", "")
        let lines = try problems(
            "{ sources: { a: { \(Self.source) } }, sinks: [{ kind: 'jsonl', directory: '/file/out' }] }",
            environment: Self.environment
        )
        #expect(lines.count == 2)
        #expect(lines.contains { $0.hasSuffix("sinks.0.directory: /file is a file, expected a folder.") })
        #expect(lines.contains { $0.hasSuffix("ledger: The folder /clinic is not writable.") })
    }

    @Test("Looking into the ledger needs no credentials")
    func ledgerOnly() throws {
        let loaded = try load("{ sources: { a: { \(Self.source) } }, \(Self.sinks) }", for: .ledgerOnly)
        #expect(loaded.ledgerPath == "/clinic/tapedeck.db")
        #expect(loaded.host.sources.map(\.id) == ["a"])
    }

    @Test("A missing file is told with what to do")
    func missingFile() throws {
        let loader = ConfigurationLoader(
            registry: try TestConnectors.registry(),
            makeSink: TestConnectors.makeSink,
            makeMediaStore: TestConnectors.makeMediaStore,
            files: files.access,
            environment: [:]
        )
        let failure = #expect(throws: ConfigurationFailure.self) { try loader.load("no.json5") }
        #expect(
            failure?.problems.map { $0.line(file: "no.json5") } == [
                "no.json5: error: The configuration file cannot be read: No such file or directory. "
                    + "Write one with \"tapedeck init\", or name another with --config."
            ]
        )
    }
}
