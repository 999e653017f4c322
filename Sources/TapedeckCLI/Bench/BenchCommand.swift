import JSON5
import RecordingHost
import RecordingKit

/// Measures the program against the simulated platforms.
struct BenchCommand: Command {
    private static let list = OptionSpec.flag("list", help: "Show the jobs and run none.")
    private static let all = OptionSpec.flag("all", help: "Run all jobs, those too that take minutes.")
    private static let rounds = OptionSpec.value(
        "rounds",
        "N",
        help: "Run each job N times and show medians (default: 1)."
    )
    private static let scale = OptionSpec.value(
        "scale",
        "F",
        help: "Make everything F times as large, such as 0.01 for a quick look (default: 1)."
    )
    private static let directory = OptionSpec.value(
        "directory",
        "FOLDER",
        help: "Where the runs write; it is cleared again (default: TMPDIR, or /tmp)."
    )
    private static let tool = OptionSpec.value(
        "tool",
        "FILE",
        help: "Measure another build of tapedeck (default: this one)."
    )
    private static let serve = OptionSpec.value(
        "serve",
        "JOB",
        help: "Only serve the platforms of a job, to any client, until standard input ends."
    )
    private static let port = OptionSpec.value(
        "port",
        "N",
        help: "With --serve, the port on 127.0.0.1 (default: a free one)."
    )

    static let spec = CommandSpec(
        name: "bench",
        summary: "Measures this program on standard jobs, against simulated platforms on this machine.",
        discussion: [
            "Each job reads in a process of its own, as \"sync\" does, from platforms in another; all that it starts and writes is gone "
                + "when it ends. Measure a release build on a machine that does nothing else.",
            "With --serve, the first line says where the platforms are, how to get in and what a complete reading finds, and the last one "
                + "what clients did; both are JSON. So other programs can be measured on the same work.",
        ],
        operands: .any("JOB", help: "The jobs to run (default: all but those that take minutes)."),
        options: [list, all, rounds, scale, directory, tool, serve, port],
        examples: [
            .init(line: "bench --scale 0.05", purpose: "Takes a quick look at everything."),
            .init(line: "bench summaries rerun --rounds 5", purpose: "Measures two jobs carefully."),
            .init(line: "bench --tool /opt/old/tapedeck --json", purpose: "Measures an older build, for machines."),
            .init(line: "bench --serve summaries --port 8080", purpose: "Serves 200 000 recordings to any client."),
        ]
    )

    private let wantsList: Bool
    private let jobs: [BenchJob]
    private let roundCount: Int
    private let scaleFactor: Double
    private let folder: String?
    private let otherTool: String?
    private let served: BenchJob?
    private let portNumber: UInt16

    init(_ parsed: ParsedCommand) throws(UsageError) {
        let name = Self.spec.name
        wantsList = parsed.has(Self.list)
        let named = try parsed.operands.map { text throws(UsageError) in try Self.job(named: text) }
        if parsed.has(Self.all), !named.isEmpty {
            throw UsageError("--all takes no jobs beside it.", command: name)
        }
        let chosen = parsed.has(Self.all) ? BenchJob.all : BenchJob.all.filter { !$0.isOnRequest }
        jobs = named.isEmpty ? chosen : BenchJob.all.filter(named.contains)
        roundCount = try parsed.wholeNumber(Self.rounds, command: name, atMost: 1_000) ?? 1
        if roundCount == 0 { throw UsageError("--rounds takes a whole number from 1 to 1000.", command: name) }
        scaleFactor = try parsed.positiveNumber(Self.scale, command: name) ?? 1
        if scaleFactor > 10 { throw UsageError("--scale takes a number above 0 and at most 10.", command: name) }
        folder = parsed.value(Self.directory)
        otherTool = parsed.value(Self.tool)
        served = try parsed.value(Self.serve).map { text throws(UsageError) in try Self.job(named: text) }
        portNumber = try parsed.wholeNumber(Self.port, command: name, atMost: UInt16.max) ?? 0
        if served == nil, parsed.value(Self.port) != nil { throw UsageError("--port needs --serve.", command: name) }
        if served != nil, !named.isEmpty { throw UsageError("--serve takes one job, as its value.", command: name) }
    }

    private static func job(named name: String) throws(UsageError) -> BenchJob {
        guard let job = BenchJob.all.first(where: { $0.name == name }) else {
            let known = BenchJob.all.map(\.name)
            throw UsageError(
                "There is no job \"\(name)\"; there are: \(known.joined(separator: ", ")).",
                suggestion: nearestName(to: name, among: known),
                command: spec.name
            )
        }
        return job
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        if wantsList { return showList(in: context) }
        if let served {
            let world = BenchWorld(job: served, scale: scaleFactor, now: context.services.clock.now)
            return try await BenchServer(world: world, port: portNumber).run(in: context)
        }
        guard let program = ThisProgram.path else {
            throw CommandFailure(exitCode: .failed, message: "The system does not tell where this program is.")
        }
        let files = context.files
        let tool = otherTool.map { files.resolved(FilePath.joined(files.currentFolder(), $0)) } ?? program
        guard files.isExecutable(tool), files.kind(tool) == .file else {
            throw CommandFailure(exitCode: .failed, message: "\(tool) is no program that can be run.")
        }
        let parent = FilePath.joined(files.currentFolder(), folder ?? context.environment["TMPDIR"] ?? "/tmp")
        try context.makeFolder(parent)
        let place = try BenchFolder(in: parent)
        defer { place.remove() }
        let runner = BenchRunner(
            tool: tool,
            server: program,
            scale: scaleFactor,
            folder: place.path,
            environment: context.environment,
            clock: context.services.clock
        )
        let session = BenchSession(runner: runner, rounds: roundCount, console: context.console)
        let conditions = BenchReport.Conditions(
            tool: tool,
            version: tool == program ? context.services.version : nil,
            scale: scaleFactor,
            rounds: roundCount
        )
        let report = try await session.run(jobs, conditions)
        let exitCode: ExitCode = report.isWhole ? .complete : .failed
        context.console.print(report.lines(width: context.console.output.width))
        context.printJSON(exitCode) { report.write(to: &$0) }
        return exitCode
    }

    private func showList(in context: CommandContext) -> ExitCode {
        var table = Table([.init(heading: "JOB"), .init(heading: "WHAT", isShrinkable: true)])
        for job in BenchJob.all { table.append([job.name, job.summary]) }
        context.console.print(table.lines(width: context.console.output.width))
        context.printJSON(.complete) { writer in
            writer.name("jobs")
            writer.list(BenchJob.all) { job, writer in
                writer.beginObject()
                writer.member("name", job.name)
                writer.member("summary", job.summary)
                writer.member("on_request", job.isOnRequest)
                writer.endObject()
            }
        }
        return .complete
    }
}
