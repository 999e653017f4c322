import RawJSON
import RecordingKit

/// Writes a connector to begin with.
struct NewConnectorCommand: Command {
    private static let route = OptionSpec.value(
        "route",
        "ROUTE",
        help: "How it is made: manifest (a file that declares it), executable (a program in any language) or swift."
    )
    private static let output = OptionSpec.value(
        "output",
        "FOLDER",
        help: "The folder to write (default: one with the connector's name)."
    )
    private static let package = OptionSpec.value(
        "package",
        "FOLDER",
        help: "For swift: where the Tapedeck package is (default: the nearest folder above that is one)."
    )

    static let spec = CommandSpec(
        name: "new-connector",
        summary: "Writes a connector with fixtures and tests that pass.",
        discussion: [
            "It reads an invented platform until you put yours in. Start with a manifest: most platforms need no code.",
            "A folder that exists is never written into.",
        ],
        operands: .atMostOne("NAME", help: "The connector's id, such as acme_calls."),
        options: [route, output, package],
        examples: [
            .init(line: "new-connector acme_calls --route manifest", purpose: "Declares a connector in one file."),
            .init(line: "new-connector acme_calls --route executable", purpose: "Writes one in Python to begin with."),
        ]
    )

    private let name: ConnectorName
    private let route: Scaffold.Route
    private let output: String
    private let package: String?

    init(_ parsed: ParsedCommand) throws(UsageError) {
        guard let text = parsed.operands.first else {
            throw UsageError("Name the connector, such as acme_calls.", command: Self.spec.name)
        }
        guard let name = ConnectorName(text) else {
            throw UsageError(
                "A connector's name is lower-case letters, digits and single underscores, a letter first, such as acme_calls.",
                command: Self.spec.name
            )
        }
        let routes = Scaffold.Route.allCases.map(\.rawValue)
        guard let routeText = parsed.value(Self.route), let route = Scaffold.Route(rawValue: routeText) else {
            throw UsageError(
                "Say with --route how it is to be made: \(routes.joined(separator: ", ")).",
                command: Self.spec.name
            )
        }
        self.name = name
        self.route = route
        output = parsed.value(Self.output) ?? text
        package = parsed.value(Self.package)
        if package != nil, route != .swift {
            throw UsageError("--package is for --route swift alone.", command: Self.spec.name)
        }
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        let files = context.files
        let folder = FilePath.joined(files.currentFolder(), output)
        guard files.kind(folder) == .missing else {
            throw CommandFailure(
                exitCode: .failed,
                message: "\(output) exists already and is not written into; name another folder with --output."
            )
        }
        var scaffold = Scaffold(name: name, route: route)
        if route == .swift { scaffold.package = try packagePath(from: folder, files) }
        for file in scaffold.files { try write(file, in: folder, context) }
        let paths = scaffold.files.map(\.path)
        context.console.print(
            ["\(output)/"] + paths.map { "  \($0)" } + ["", "Try it:", "  cd \(output)"]
                + scaffold.commands.map { "  \($0)" }
        )
        context.printJSON(.complete) { writer in
            writer.member("folder", folder)
            writer.name("files")
            writer.list(paths) { $1.string($0) }
        }
        return .complete
    }

    private func write(_ file: ScaffoldFile, in folder: String, _ context: CommandContext) throws {
        let path = FilePath.joined(folder, file.path)
        try context.makeFolder(FilePath.parent(of: path))
        do {
            try context.files.writeNew(path, Array(file.text.utf8))
            if file.isExecutable { try context.files.allowRunning(path) }
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            throw CommandFailure(exitCode: .failed, message: "\(path) cannot be written: \(reason).")
        }
    }

    /// Where the package is that a connector in Swift depends on, as seen from the new folder.
    private func packagePath(from folder: String, _ files: FileAccess) throws(UsageError) -> String {
        if let package {
            let path = FilePath.joined(files.currentFolder(), package)
            guard isPackage(path, files) else {
                throw UsageError("\(package) is not the Tapedeck package.", command: Self.spec.name)
            }
            return FilePath.fromFolder(folder, to: path)
        }
        var candidate = FilePath.parent(of: folder)
        while !isPackage(candidate, files) {
            guard candidate != "/" else {
                throw UsageError(
                    "Say with --package where the Tapedeck package is; no folder above is one.",
                    command: Self.spec.name
                )
            }
            candidate = FilePath.parent(of: candidate)
        }
        return FilePath.fromFolder(folder, to: candidate)
    }

    private func isPackage(_ folder: String, _ files: FileAccess) -> Bool {
        guard let bytes = try? files.read(FilePath.joined(folder, "Package.swift"), 1 << 20) else { return false }
        // A package that depends on it names it too.
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "Package(", omittingEmptySubsequences: false).dropFirst().contains { rest in
            rest.drop { $0.isWhitespace }.hasPrefix("name: \"tapedeck\"")
        }
    }
}
