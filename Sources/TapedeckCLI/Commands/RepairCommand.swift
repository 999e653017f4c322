import RawJSON
import RecordingHost
import RecordingKit

/// Makes the ledger anew from the sinks' files, or takes back what is wrong in it.
struct RepairCommand: Command {
    private static let dryRun = OptionSpec.flag(
        "dry-run",
        help: "Show what was found and what would be done; change nothing."
    )
    private static let setAside = OptionSpec.flag(
        "set-aside",
        help: "Move lines that are no records, or repeat one, into files beside."
    )
    private static let startOver = OptionSpec.flag(
        "start-over",
        help: "When no sink can give its records back: move what they have written aside and read everything anew."
    )

    static let spec = CommandSpec(
        name: "repair",
        summary: "Repairs the ledger from the sinks' files, and says what is wrong with them.",
        discussion: [
            "It is for a ledger that is damaged or lost, files that were edited or cut, and a clock that was wrong. Nothing is sent; "
                + "the next sync reads again what platforms still have, and writes nothing twice.",
            "The old ledger, and every file that is replaced, stays under another name. Docs/repair.md explains each case.",
        ],
        options: [dryRun, setAside, startOver],
        examples: [
            .init(line: "repair --dry-run", purpose: "Shows what is wrong and what would be done."),
            .init(line: "repair", purpose: "Repairs what can be repaired."),
            .init(line: "repair --set-aside", purpose: "Takes damaged lines out of the files as well."),
        ]
    )

    private let request: RepairRequest

    init(_ parsed: ParsedCommand) throws(UsageError) {
        request = RepairRequest(
            isDryRun: parsed.has(Self.dryRun),
            setsAside: parsed.has(Self.setAside),
            startsOver: parsed.has(Self.startOver)
        )
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration(for: .ledgerAndSinks)
        let sinks = try configuration.sinks.map { try context.services.makeSink($0) }
        let ledger = try await context.services.openLedgerForRepair(configuration.ledgerPath, request.isDryRun)
        let report: RepairReport
        do {
            let repair = LedgerRepair(ledger: ledger, sinks: sinks, clock: context.services.clock)
            report = try await repair.perform(request)
            await ledger.close()
        } catch {
            await ledger.close()
            throw error
        }
        let exitCode: ExitCode = report.isWhole ? .complete : .incomplete
        let result = RepairResult(report: report, request: request, ledgerPath: configuration.ledgerPath)
        context.console.print(result.lines(width: context.console.output.width))
        context.printJSON(exitCode) { result.write(to: &$0) }
        return exitCode
    }
}
