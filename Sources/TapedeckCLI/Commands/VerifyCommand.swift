import RawJSON
import RecordingHost
import RecordingKit

/// Compares the media files with their manifest.
struct VerifyCommand: Command {
    private static let head = OptionSpec.flag(
        "head",
        help: "Print the end of the manifest's chain, to be kept elsewhere; read no file."
    )
    private static let expectHead = OptionSpec.value(
        "expect-head",
        "N:HASH",
        help: "Fail unless the manifest still has this entry, as --head printed it."
    )
    private static let jobs = OptionSpec.value(
        "jobs",
        "N",
        help: "How many files are read at the same time (default: one for each processor)."
    )

    static let spec = CommandSpec(
        name: "verify",
        summary: "Re-hashes media files against the manifest; reports what is missing, changed or not known.",
        discussion: [
            "It changes nothing, needs no ledger and no credentials of platforms, and works while a run is under way.",
            "Whoever can write to the folder can write the manifest anew. Keep the head elsewhere, and --expect-head finds that out. "
                + "Docs/media.md explains how.",
        ],
        options: [head, expectHead, jobs],
        examples: [
            .init(line: "verify", purpose: "Reads every file."),
            .init(line: "verify --head", purpose: "Prints the end of the chain."),
            .init(line: "verify --head --expect-head 1200:9f…", purpose: "Checks the chain alone, from end to end."),
        ]
    )

    private let printsHead: Bool
    private let expected: ManifestAnchor?
    private let concurrency: Int?

    init(_ parsed: ParsedCommand) throws(UsageError) {
        printsHead = parsed.has(Self.head)
        expected = try parsed.value(Self.expectHead).map { text throws(UsageError) in
            guard let anchor = ManifestAnchor(text) else {
                throw UsageError(
                    "--expect-head takes a number, a colon and 64 hexadecimal digits, as --head prints them.",
                    command: Self.spec.name
                )
            }
            return anchor
        }
        concurrency = try parsed.wholeNumber(Self.jobs, command: Self.spec.name, atMost: 256)
        if concurrency == 0 { throw UsageError("--jobs takes a whole number from 1 to 256.", command: Self.spec.name) }
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration(for: .mediaOnly)
        let media = try configuration.requireMedia().store
        return try await context.withMediaStore(media) { try await verify($0, media, in: context) }
    }

    private func verify(
        _ store: any MediaStore,
        _ media: MediaStoreRequest,
        in context: CommandContext
    ) async throws -> ExitCode {
        let clock = context.services.clock
        var verifier = MediaVerifier(
            store: store,
            manifestFolder: media.directory,
            clock: clock
        )
        if let concurrency { verifier.concurrency = concurrency }
        let verification: MediaVerification
        if printsHead {
            verification = try await verifier.followManifest(expecting: expected)
        } else {
            let reporter = VerificationReporter(console: context.console, clock: clock)
            verification = try await verifier.verify(expecting: expected) { reporter.report($0) }
        }
        let exitCode: ExitCode = verification.isWhole ? .complete : .failed
        let result = VerifyResult(verification: verification, directory: media.directory, isChainOnly: printsHead)
        context.console.print(result.lines(width: context.console.output.width))
        context.printJSON(exitCode) { result.write(to: &$0) }
        return exitCode
    }
}
