import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import TapedeckCLI

@Suite("Commands")
struct CommandTests {
    private let captured = Captured()

    @Test("Help goes to standard output with status 0", arguments: ["--help", "help", "sync --help", "help status"])
    func help(line: String) async throws {
        #expect(try await TestTool().run(line, output: captured.output()) == .complete)
        #expect(captured.out.contains("Usage: tapedeck"))
        #expect(captured.error.isEmpty)
    }

    @Test("Every command has help with examples or a plain usage, and is in the overview")
    func helpOfEveryCommand() async throws {
        _ = try await TestTool().run("--help", output: captured.output())
        for command in CommandLineTool.commands {
            let page = Captured()
            #expect(try await TestTool().run("\(command.spec.name) --help", output: page.output()) == .complete)
            #expect(page.out.contains("Usage: tapedeck \(command.spec.name)"))
            #expect(captured.out.contains("  \(command.spec.name) "))
        }
    }

    @Test("The version is printed")
    func version() async throws {
        #expect(try await TestTool().run("--version", output: captured.output()) == .complete)
        #expect(captured.out == "tapedeck 1.2.3\n")
    }

    @Test(
        "Wrong usage is 64, with a hint on standard error",
        arguments: [
            ("", "See \"tapedeck --help\"."), ("snyc", "Did you mean \"sync\"?"),
            ("sync --log-level loud", "error, warning, info, debug"), ("sync --since tomorrow", "--since takes a date"),
            ("sync --since 2026-01-02 --until 2026-01-01", "--since must be earlier"),
            ("sync --max-audit-reads -1", "needs a value"), ("sync --max-audit-reads=-1", "whole number from 0"),
            ("sync --wait", "needs a value: DURATION"), ("sync --wait soon", "a span of time such as"),
            ("sync clinc", "Did you mean \"clinic\"?"), ("status clinc", "Did you mean \"clinic\"?"),
            ("check clinc", "Did you mean \"clinic\"?"), ("connectors alhpa", "Did you mean \"alpha\"?"),
            ("connectors --markdown", "needs the ID"), ("init", "Name at least one connector"),
            ("init --connector bta", "Did you mean \"beta\"?"),
        ]
    )
    func usage(line: String, hint: String) async throws {
        #expect(try await TestTool().run(line, output: captured.output()) == .usage)
        #expect(captured.error.contains(hint), "\(captured.error)")
        #expect(captured.out.isEmpty)
    }

    @Test(
        "A wrong configuration is 78, with every problem",
        arguments: ["validate", "sync", "check", "sync --dry-run"]
    )
    func invalidConfiguration(line: String) async throws {
        #expect(try await TestTool().run(line, environment: [:], output: captured.output()) == .configurationInvalid)
        let lines = captured.error.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.first?.hasPrefix("tapedeck.json5:3:57: error: sources.clinic.settings.clientID: ") == true)
        #expect(lines.last == "Nothing was sent.")
    }

    @Test("Problems are in the JSON too")
    func invalidConfigurationJSON() async throws {
        _ = try await TestTool().run("validate --json", environment: [:], output: captured.output())
        let json = try captured.json()
        #expect(json["exit_code"]?.integer == 78)
        #expect(json["command"]?.string == "validate")
        let first = json["problems"]?.elements.first { _ in true }
        #expect(first?["line"]?.integer == 3)
        #expect(first?["column"]?.integer == 57)
        #expect(first?["severity"]?.string == "error")
    }

    @Test("A good configuration validates")
    func validate() async throws {
        #expect(try await TestTool().run("validate", output: captured.output()) == .complete)
        #expect(captured.out == "tapedeck.json5: good, 2 sources.\n")
    }

    @Test("A ledger that another run holds is 75, and says who holds it", arguments: ["sync", "check"])
    func busyLedger(line: String) async throws {
        var tool = TestTool()
        tool.ledgerError = TapedeckError(.ledgerBusy, "Process 42 holds the ledger since 2026-01-01T00:00:00Z.")
        #expect(try await tool.run(line, output: captured.output()) == .tryLater)
        #expect(captured.error.contains("Process 42 holds the ledger since 2026-01-01T00:00:00Z."))
    }

    @Test("The list of connectors names each")
    func connectors() async throws {
        #expect(try await TestTool().run("connectors", output: captured.output()) == .complete)
        #expect(captured.out.contains("alpha  Alpha     compiled in  -        -        Reads calls from Alpha."))
        #expect(captured.out.contains("beta   Beta"))
    }

    @Test("A connector's page has settings, credentials, limits and ranges")
    func connectorPage() async throws {
        #expect(try await TestTool().run("connectors beta", output: captured.output()) == .complete)
        for text in [
            "oauth.clientSecret", "The token needs the scope beta:read.", "4 requests at once", "at most 30d a request",
            "a bearer token (accessToken), or OAuth 2 with a refresh token",
        ] {
            #expect(captured.out.contains(text), "\(text)")
        }
    }

    @Test("A connector's JSON holds the schema of its settings")
    func connectorJSON() async throws {
        #expect(try await TestTool().run("connectors beta --json", output: captured.output()) == .complete)
        let connector = try captured.json()["connector"]
        #expect(connector?["id"]?.string == "beta")
        #expect(connector?["settings_schema"]?["properties"]?["oauth"]?["type"]?.string == "object")
        #expect(connector?["limits"]?["maximum_wait_seconds"]?.double == 600)
    }

    @Test("A connector's settings come as a Markdown table")
    func connectorMarkdown() async throws {
        #expect(try await TestTool().run("connectors alpha --markdown", output: captured.output()) == .complete)
        #expect(captured.out.hasPrefix("| name |"))
        #expect(captured.out.contains("| `clientSecret` (secret) |"))
    }

    @Test("A configuration that was written is good once the variables are set", arguments: ["alpha", "beta"])
    func initialConfiguration(connector: String) async throws {
        let tool = TestTool(configuration: nil)
        #expect(try await tool.run("init --connector \(connector) --json", output: captured.output()) == .complete)
        var environment: [String: String] = [:]
        for name in try #require(try captured.json()["environment_variables"]).elements {
            environment[try #require(name.string)] = "value"
        }
        #expect(!environment.isEmpty)
        let check = Captured()
        #expect(
            try await tool.run("validate", environment: environment, output: check.output()) == .complete,
            "\(check.all)"
        )
        #expect(check.error.isEmpty)
    }

    @Test("A file that exists is not overwritten")
    func initRefuses() async throws {
        let tool = TestTool()
        #expect(try await tool.run("init --connector alpha", output: captured.output()) == .failed)
        #expect(tool.files.text("/clinic/tapedeck.json5") == TestTool.configuration)
        #expect(captured.error.contains("exists already"))
    }

    @Test("A dash as output writes the configuration to standard output only")
    func initToStandardOutput() async throws {
        let tool = TestTool(configuration: nil)
        #expect(try await tool.run("init --connector beta --output -", output: captured.output()) == .complete)
        #expect(captured.out.contains("accessToken: \"${env:BETA_ACCESS_TOKEN}\","))
        #expect(captured.out.contains("// oauth: {"))
        #expect(tool.files.paths.isEmpty)
    }

    @Test("Without a ledger, status says that nothing was read, and what to do")
    func statusBeforeTheFirstRun() async throws {
        #expect(try await TestTool().run("status", environment: [:], output: captured.output()) == .complete)
        #expect(captured.out.contains("clinic (alpha): never read\n  next: Run \"tapedeck sync clinic\"."))
        #expect(captured.error.contains("There is no ledger at /clinic/tapedeck.db yet"))
    }

    @Test("Status shows ranges, gaps, failures and the next step")
    func status() async throws {
        var tool = TestTool()
        tool.files.put("/clinic/tapedeck.db", "")
        tool.ledger.statuses = [try Self.acme]
        tool.ledger.coverages = ["acme": try Self.coverage]
        #expect(try await tool.run("status acme", output: captured.output()) == .complete)
        #expect(
            captured.out == """
                acme (beta): incomplete, last run 2026-03-01T00:00:00Z
                  complete from 2026-01-01T00:00:00Z to 2026-01-31T00:00:00Z
                  gap from 2026-01-31T00:00:00Z to 2026-02-02T00:00:00Z
                  complete from 2026-02-02T00:00:00Z to 2026-03-01T00:00:00Z
                  plausible: the platform gives no totals to hold against what came
                  7 recordings, 9 events known
                  failure: It broke.
                  next: Run "tapedeck sync acme" again; it reads only what is missing.

                """
        )
    }

    @Test("Status as JSON has the same")
    func statusJSON() async throws {
        var tool = TestTool()
        tool.files.put("/clinic/tapedeck.db", "")
        tool.ledger.statuses = [try Self.acme]
        tool.ledger.coverages = ["acme": try Self.coverage]
        #expect(try await tool.run("status --json", output: captured.output()) == .complete)
        let sources = try #require(try captured.json()["sources"]).elements
        let acme = try #require(sources.first { $0["source"]?.string == "acme" })
        #expect(acme["last_outcome"]?["state"]?.string == "incomplete")
        #expect(acme["recordings"]?.integer == 7)
        let clinic = try #require(sources.first { $0["source"]?.string == "clinic" })
        #expect(clinic["last_outcome"]?.isNull == true)
    }

    @Test("A run shows each source, and where the records are")
    func sync() async throws {
        #expect(try await TestTool().run("sync", output: captured.output()) == .complete)
        #expect(captured.out.hasPrefix("SOURCE  STATE     RECORDINGS  EVENTS  WRITTEN  REQUESTS  RETRIES  WAITED\n"))
        #expect(captured.out.contains("clinic  complete           0"))
        #expect(captured.out.contains("→ /clinic/out/recordings.jsonl"))
        #expect(!captured.all.contains("\u{1B}"))
    }

    @Test("A run as JSON is one object with stable names")
    func syncJSON() async throws {
        #expect(try await TestTool().run("sync acme --json", output: captured.output()) == .complete)
        let json = try captured.json()
        #expect(json["run"]?.integer == 1)
        #expect(json["was_stopped"]?.boolean == false)
        let source = try #require(json["sources"]?.elements.first { _ in true })
        #expect(source["source"]?.string == "acme")
        #expect(source["state"]?.string == "complete")
        #expect(source["counts"]?["written"]?["recordings"]?.integer == 0)
        #expect(json["files"]?.elements.map(\.string) == ["/clinic/out/recordings.jsonl"])
    }

    @Test("A plan sends nothing and opens no ledger")
    func dryRun() async throws {
        var tool = TestTool()
        tool.ledgerError = TapedeckError(.ledgerBusy, "It must not be opened.")
        #expect(try await tool.run("sync --dry-run --since 2026-01-01", output: captured.output()) == .complete)
        #expect(captured.out.contains("Nothing was sent and nothing was written."))
    }

    private static let warning = "acme: the platform goes back no further than 2025-07-01T00:10:00Z"

    @Test(
        "What is wanted of the time before what the platform still has is warned about",
        arguments: [
            ("2025-01-01", "", true), ("2025-01-01", " --since 2025-06-01", true),
            ("2025-06-30", " --until 2025-06-30", true),
            ("2026-01-01", "", false), ("2025-01-01", " --since 2026-01-01", false),
            ("2026-01-01", " --since 2025-01-01", false),
        ],
        ["sync acme", "sync acme --dry-run"]
    )
    func shortened(range: (from: String, options: String, isWarned: Bool), line: String) async throws {
        var tool = TestTool(
            configuration: """
                { sources: { acme: { connector: "beta", settings: { accessToken: "${env:TOKEN}", from: "\(range.from)" } } },
                  sinks: [{ kind: "jsonl", directory: "out" }] }
                """
        )
        tool.clock = ManualClock.automatic(at: try #require(Timestamp("2026-07-01")))
        #expect(try await tool.run(line + range.options, output: captured.output()) == .complete)
        #expect(captured.error.contains(Self.warning) == range.isWarned, "\(captured.error)")
    }

    @Test("A plan begins where the source's settings say")
    func configuredStart() async throws {
        var tool = TestTool(
            configuration: """
                { sources: { acme: { connector: "beta", settings: { accessToken: "${env:TOKEN}", from: "2026-06-10T12:00Z" } } },
                  sinks: [{ kind: "jsonl", directory: "out" }] }
                """
        )
        tool.clock = ManualClock.automatic(at: try #require(Timestamp("2026-07-01")))
        #expect(try await tool.run("sync --dry-run --json", output: captured.output()) == .complete)
        let windows = try captured.json()["sources"]?.elements.first { _ in true }?["windows"]?.elements
        #expect(windows?.map { $0["from"]?.string } == ["2026-06-10T12:00:00Z"])
    }

    @Test("Two kinds of credentials for one source are 78, and it says where and what to remove")
    func twoCredentials() async throws {
        let tool = TestTool(
            configuration: """
                { sources: { acme: { connector: "beta", settings: {
                    accessToken: "${env:TOKEN}",
                    oauth: { clientID: "c", clientSecret: "${env:SECRET}", refreshToken: "${env:SECRET}" } } } },
                  sinks: [{ kind: "jsonl", directory: "out" }] }
                """
        )
        #expect(try await tool.run("validate", output: captured.output()) == .configurationInvalid)
        let problem =
            "sources.acme.settings.oauth: Credentials are given in two ways: remove either accessToken, or oauth."
        #expect(captured.error.contains("tapedeck.json5:3:12: error: \(problem)"), "\(captured.error)")
    }

    @Test(
        "Rejected credentials are 77, a wish to come back later is 75, and both say what to do",
        arguments: [
            ("sync", .unauthorized, 77, "The token needs the scope beta:read."),
            ("check", .unauthorized, 77, "The token needs the scope beta:read."),
            ("check", .waitTooLong, 75, "2026-05-01T00:00:00Z"), ("sync", .waitTooLong, 75, "2026-05-01T00:00:00Z"),
            ("check", .serverError, 1, "acme: server_error"),
        ] as [(String, TapedeckError.Code, Int32, String)]
    )
    func failures(line: String, code: TapedeckError.Code, status: Int32, text: String) async throws {
        var failure = TapedeckError(code, "The platform refused.")
        failure.endpoint = "GET /meetings"
        failure.requestID = "request-7"
        failure.retryAt = Timestamp("2026-05-01")
        var tool = TestTool()
        tool.sourceFailure = failure
        #expect(try await tool.run(line, output: captured.output()).rawValue == status, "\(captured.all)")
        #expect(captured.out.contains(text), "\(captured.all)")
        #expect(captured.out.contains("GET /meetings"))
        #expect(captured.out.contains("request-7"))
    }

    @Test("A signal ends a command with its own status", arguments: StopSignal.allCases)
    func signals(signal: StopSignal) async throws {
        var tool = TestTool()
        tool.opensLedgerOnlyWhenCancelled = true
        let signals = AsyncStream { continuation in
            continuation.yield(signal)
            continuation.finish()
        }
        let exitCode = try await tool.run("sync", output: captured.output(), signals: signals)
        #expect(exitCode == signal.exitCode)
        #expect(captured.error.contains("Stopping after \(signal.name)"))
    }

    private static var coverage: SourceCoverage {
        get throws {
            func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }
            var coverage = SourceCoverage()
            coverage.complete = [
                CompleteRange(from: try time("2026-01-01"), to: try time("2026-01-31")),
                CompleteRange(from: try time("2026-02-02"), to: try time("2026-03-01")),
            ]
            return coverage
        }
    }

    private static var acme: SourceStatus {
        get throws {
            func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }
            return SourceStatus(
                source: "acme",
                lastOutcome: SourceOutcome(
                    source: "acme",
                    connector: "beta",
                    state: .incomplete,
                    failures: [ListingFailure(code: "server_error", reason: "It broke.")]
                ),
                lastRunAt: try time("2026-03-01"),
                recordings: 7,
                events: 9,
                auditReads: 0
            )
        }
    }
}
