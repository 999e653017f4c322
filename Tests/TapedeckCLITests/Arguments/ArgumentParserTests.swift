import Testing

@testable import TapedeckCLI

@Suite("Arguments")
struct ArgumentParserTests {
    private static let since = OptionSpec.value("since", "TIME", help: "From when.")
    private static let connector = OptionSpec.value("connector", "ID", help: "Which.", isRepeatable: true)
    private static let dryRun = OptionSpec.flag("dry-run", help: "Only plan.")
    private static let commands = [
        CommandSpec(name: "sync", summary: "Reads.", operands: .any("SOURCE", help: ""), options: [since, dryRun]),
        CommandSpec(name: "init", summary: "Writes.", options: [connector]),
        CommandSpec(name: "connectors", summary: "Lists.", operands: .atMostOne("ID", help: "")),
    ]

    private func parse(_ line: String) throws -> ParsedCommand {
        try ArgumentParser.parse(line.split(separator: " ").map(String.init), commands: Self.commands)
    }

    @Test(
        "An option's value may be attached or follow, before or after operands",
        arguments: [
            "sync --since=2026-01-01 clinic", "sync --since 2026-01-01 clinic", "sync clinic --since 2026-01-01",
            "sync --since 2026-01-01 -- clinic",
        ]
    )
    func valueForms(line: String) throws {
        let parsed = try parse(line)
        #expect(parsed == ParsedCommand(name: "sync", options: ["since": ["2026-01-01"]], operands: ["clinic"]))
    }

    @Test("Only the first equals sign ends an option's name")
    func valueWithEqualsSign() throws {
        #expect(try parse("sync --since=a=b").value(Self.since) == "a=b")
    }

    @Test("After two dashes everything is an operand")
    func endOfOptions() throws {
        #expect(try parse("sync -- --since -x").operands == ["--since", "-x"])
    }

    @Test("A single dash is an operand")
    func singleDash() throws {
        #expect(try parse("sync -").operands == ["-"])
    }

    @Test("Common options may stand before the command")
    func commonOptionsFirst() throws {
        let parsed = try parse("--config other.json5 --json sync --dry-run")
        #expect(parsed.name == "sync")
        #expect(parsed.value(.config) == "other.json5")
        #expect(parsed.has(.json))
        #expect(parsed.has(Self.dryRun))
    }

    @Test("A repeatable option keeps all its values in order")
    func repeatedOption() throws {
        #expect(try parse("init --connector b --connector=a").values(Self.connector) == ["b", "a"])
    }

    @Test("Help is asked for in four ways", arguments: ["sync --help", "sync -h", "help sync", "--help sync"])
    func helpForms(line: String) throws {
        let parsed = try parse(line)
        #expect(parsed.wantsHelp)
        #expect(parsed.name == "sync")
    }

    @Test("The program's own help and version need no command", arguments: ["--help", "help", "-h", "--version"])
    func withoutCommand(line: String) throws {
        let parsed = try parse(line)
        #expect(parsed.name.isEmpty)
        #expect(parsed.wantsHelp != parsed.wantsVersion)
    }

    @Test(
        "What cannot be understood is named, with the nearest known name",
        arguments: [
            ("", "A command is missing.", nil, nil),
            ("snyc", "There is no command \"snyc\".", "sync", nil),
            ("frobnicate", "There is no command \"frobnicate\".", nil, nil),
            ("sync --snice=x", "\"sync\" has no option \"--snice\".", "--since", "sync"),
            ("sync -v", "\"sync\" has no option \"--v\".", nil, "sync"),
            ("--sinse x sync", "There is no option \"--sinse\".", nil, nil),
            ("sync --since", "The option --since needs a value: TIME.", nil, "sync"),
            ("sync --since=", "The option --since needs a value: TIME.", nil, "sync"),
            ("sync --since --dry-run", "The option --since needs a value: TIME.", nil, "sync"),
            ("sync --dry-run=yes", "The option --dry-run takes no value.", nil, "sync"),
            ("sync --since a --since b", "The option --since is given twice.", nil, "sync"),
            ("init clinic", "\"init\" takes options only, found \"clinic\".", nil, "init"),
            ("connectors a b", "\"connectors\" takes one ID, found another.", nil, "connectors"),
        ] as [(String, String, String?, String?)]
    )
    func rejected(line: String, message: String, suggestion: String?, command: String?) {
        #expect(throws: UsageError(message, suggestion: suggestion, command: command)) { try parse(line) }
    }

    @Test("An unknown option's value is not repeated in the message")
    func hiddenValue() throws {
        let error = #expect(throws: UsageError.self) { try parse("sync --token=CANARY") }
        #expect(error?.message.contains("CANARY") == false)
    }
}
