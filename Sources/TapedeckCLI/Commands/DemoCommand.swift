import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit

/// Reads both platforms from the simulator in this process, twice.
struct DemoCommand: Command {
    private static let directory = OptionSpec.value("directory", "FOLDER", help: "Where to write (default: demo).")
    private static let seed = OptionSpec.value("seed", "N", help: "Another seed gives other data (default: 1).")

    static let spec = CommandSpec(
        name: "demo",
        summary: "Shows it at work: simulates both platforms, with faults, reads them twice and checks the files.",
        discussion: [
            "Everything happens on this machine and all data are made up, so no account is needed.",
            "The second reading shows that only what may have changed is asked for, and nothing is written twice. At the end every media "
                + "file is compared with the manifest. The files stay in the folder to be looked at.",
        ],
        options: [directory, seed]
    )

    private let folder: String
    private let seed: UInt64

    init(_ parsed: ParsedCommand) throws(UsageError) {
        folder = parsed.value(Self.directory) ?? "demo"
        seed = try parsed.wholeNumber(Self.seed, command: Self.spec.name, atMost: .max) ?? 1
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        _ = try context.connector("kismet")
        _ = try context.connector("webex")
        var plan = SimulatorPlan.demo(seed: seed)
        // The next demo's simulator knows only the first refresh token, so that must stay good.
        plan.webex.authorization.rotation = .same
        let simulator: PlatformSimulator
        do {
            simulator = try PlatformSimulator(plan: plan)
            try simulator.start()
        } catch {
            throw CommandFailure(exitCode: .failed, message: "The simulator cannot be started: \(error).")
        }
        defer { simulator.stop() }
        let configuration = DemoConfiguration(simulator: simulator)
        let context = try write(configuration, in: context)
        let loaded = try context.loadConfiguration()
        return try await SyncRunner(context: context).withSession(loaded, sources: nil) { session in
            var results: [SyncResult] = []
            for title in ["One run, with faults", "Another run: nothing is written twice"] where !Task.isCancelled {
                let before = simulator.statistics
                let result = try await session.run(SyncRequest())
                show(result, title: title, from: before, to: simulator.statistics, in: context)
                results.append(result)
            }
            guard !Task.isCancelled else { return finish(results, nil, in: context) }
            return finish(results, try await verify(loaded, session.transport, in: context), in: context)
        }
    }

    /// Compares the media files with the manifest, and shows what came of them.
    private func verify(
        _ configuration: LoadedConfiguration,
        _ transport: any HTTPTransport,
        in context: CommandContext
    ) async throws -> VerifyResult {
        let media = try configuration.requireMedia().store
        let verifier = MediaVerifier(
            store: try context.services.makeMediaStore(media, transport),
            manifestFolder: media.directory,
            clock: context.services.clock
        )
        let result = VerifyResult(
            verification: try await verifier.verify(),
            directory: media.directory,
            isChainOnly: false
        )
        let ledger = try await context.services.openLedgerForReading(configuration.ledgerPath)
        var standings: [MediaStanding] = []
        do {
            for source in configuration.host.sources {
                standings.append(try await ledger.mediaStanding(of: source.id))
            }
            await ledger.close()
        } catch {
            await ledger.close()
            throw error
        }
        let lines = ["The media files, compared with the manifest", "", MediaText.line(standings)]
        context.console.print(lines + result.lines(width: context.console.output.width) + [""])
        return result
    }

    /// Writes the configuration, and returns a context that loads it with the simulator's credentials.
    private func write(_ configuration: DemoConfiguration, in context: CommandContext) throws -> CommandContext {
        let files = context.files
        let folder = FilePath.joined(files.currentFolder(), self.folder)
        try context.makeFolder(folder)
        let path = FilePath.joined(folder, CommandContext.defaultConfigurationFile)
        if files.kind(path) != .missing {
            let start = (try? files.readStart(path, DemoConfiguration.mark.utf8.count)) ?? []
            guard start == Array(DemoConfiguration.mark.utf8) else {
                let message = "\(path) was not written by the demo and is not overwritten; name another --directory."
                throw CommandFailure(exitCode: .failed, message: message)
            }
        }
        do {
            try files.overwrite(path, Array(configuration.text.utf8))
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            throw CommandFailure(exitCode: .failed, message: "\(path) cannot be written: \(reason).")
        }
        return CommandContext(
            registry: context.registry,
            services: context.services,
            files: files,
            environment: configuration.environment,
            console: context.console,
            command: context.command,
            configurationFile: path
        )
    }

    private func show(
        _ result: SyncResult,
        title: String,
        from before: SimulatorStatistics,
        to after: SimulatorStatistics,
        in context: CommandContext
    ) {
        let width = context.console.output.width
        let faults = after.faults.values.reduce(0, +) - before.faults.values.reduce(0, +)
        let tooMany = after.tooManyRequests - before.tooManyRequests
        let requests = after.requests - before.requests
        let details = { (endpoint: SimulatorEndpoint) in
            after.requestsByEndpoint[endpoint, default: 0] - before.requestsByEndpoint[endpoint, default: 0]
        }
        let summary = SyncResult(report: result.report, registry: result.registry, locations: [])
        context.console.print(["\(title)", ""] + summary.lines(width: width))
        let ownReads = result.report.outcomes.reduce(0) { $0 + $1.counts.auditReads }
        context.console.print([
            "The platforms saw \(requests) requests; \(faults) faults were put in their way, \(tooMany) answers said \"slow down\".",
            "Of these, \(details(.webexAccessDetail)) asked Webex who accessed a recording, and \(details(.kismetAuditLogs)) asked Kismet: it gives no sign "
                + "of new accesses, so known audit trails are asked for from their newest day on.",
        ])
        if ownReads > 0 {
            context.console.print(
                "Asking Kismet for media left \(ownReads) entries in its audit trail; the next run finds them and marks them as its own."
            )
        }
        context.console.print("")
    }

    private func finish(
        _ results: [SyncResult],
        _ verified: VerifyResult?,
        in context: CommandContext
    ) -> ExitCode {
        let checked: ExitCode = verified?.verification.isWhole == false ? .failed : .complete
        let exitCode = (results.map(\.exitCode) + [checked]).first { $0 != .complete } ?? .complete
        if let last = results.last {
            let width = context.console.output.width
            context.console.print("Files, each with its first line (the data are made up):")
            for path in last.locations {
                context.console.print("  \(path)")
                guard let start = try? context.files.readStart(path, 4_096), !start.isEmpty else { continue }
                let line = String(decoding: start.prefix { $0 != 0x0A }, as: UTF8.self)
                context.console.print("    " + TextWidth.truncated(line, to: max(width - 4, 20)))
            }
            if let folder = last.mediaFolder {
                context.console.print([
                    "Media files, and manifest.jsonl, which says of each where it came from:", "  \(folder)",
                ])
            }
            context.console.print(["", "The configuration: \(context.configurationFile)"])
        }
        context.printJSON(exitCode) { writer in
            writer.member("configuration", context.configurationFile)
            writer.name("runs")
            writer.list(results) { result, writer in
                writer.beginObject()
                result.write(to: &writer)
                writer.endObject()
            }
            writer.name("verification")
            if let verified {
                writer.beginObject()
                verified.write(to: &writer)
                writer.endObject()
            } else {
                writer.null()
            }
        }
        return exitCode
    }
}
