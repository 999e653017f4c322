import JSON5
import RecordingHost
import RecordingKit

/// Reads a configuration file and checks everything that can be checked without sending anything.
struct ConfigurationLoader {
    /// What a command needs the configuration for.
    enum Purpose: Sendable {
        /// Reading sources: everything must be right.
        case everything
        /// Looking into the ledger: what is wrong with sources and sinks does not matter.
        case ledgerOnly
        /// Repairing the ledger from the sinks: what is wrong with sources does not matter.
        case ledgerAndSinks
        /// Deleting media files that are old enough: what is wrong with sources does not matter.
        case retention
        /// Looking at media files: what is wrong with sources, the ledger and sinks does not matter.
        case mediaOnly

        /// The places of the file that must be right; nil for all.
        fileprivate var places: [String]? {
            switch self {
            case .everything: nil
            case .ledgerOnly: ["ledger"]
            case .ledgerAndSinks: ["ledger", "sinks"]
            case .retention: ["ledger", "sinks", "media"]
            case .mediaOnly: ["media"]
            }
        }
    }

    /// The largest configuration file that is read.
    static let fileLimit = 4 << 20

    let registry: ConnectorRegistry
    let makeSink: @Sendable (SinkRequest) throws -> any Sink
    let makeMediaStore: @Sendable (MediaStoreRequest, any HTTPTransport) throws -> any MediaStore
    let files: FileAccess
    let environment: [String: String]
    /// What is wrong with the connectors that the operator added.
    var plugins = PluginFindings()

    /// Reads the file at `path`, which may be relative to the current folder.
    func load(_ path: String, for purpose: Purpose = .everything) throws(ConfigurationFailure) -> LoadedConfiguration {
        let absolutePath = files.resolved(FilePath.joined(files.currentFolder(), path))
        let document = try parse(absolutePath, named: path)
        let root = document.root
        let folder = FilePath.parent(of: absolutePath)
        let substitution = Substitution(environment: environment, files: files, folder: folder)
        var reader = ConfigurationReader(substitution: substitution, registry: registry)
        let draft = reader.read(root)
        var diagnostics = reader.diagnostics
        diagnostics += document.repeatedNames.map { repeated in
            Diagnostic(severity: .error, path: [], position: repeated.position, message: sentence(repeated.message))
        }
        let host = HostConfiguration(sources: draft.sources, includesRaw: draft.includesRaw)
        add(hostProblems(host, root: root), to: &diagnostics)
        add(draft.sinks.flatMap { sinkProblems($0, root: root) }, to: &diagnostics)
        add(repeatedSinks(draft, root: root), to: &diagnostics)
        add(ledgerProblems(draft, root: root), to: &diagnostics)
        add(mediaProblems(draft, for: purpose, root: root), to: &diagnostics)
        diagnostics += mediaWarnings(draft, root: root)
        diagnostics += plugins.diagnostics + plugins.problems.map { pluginProblem($0, root: root) }
        var warnings = diagnostics.filter { $0.severity == .warning }
        if !warnings.filter({ $0.message.hasPrefix("A secret ") }).isEmpty, files.isReadableByOthers(absolutePath) {
            let message = "The file holds secrets and others may read it; set its mode to 0600."
            warnings.append(Diagnostic(severity: .warning, path: [], position: nil, message: message))
        }
        var problems = diagnostics.filter { $0.severity == .error }
        if let places = purpose.places { problems.removeAll { $0.path.first.map { !places.contains($0) } ?? false } }
        guard problems.isEmpty else {
            throw ConfigurationFailure(file: path, problems: inFileOrder(problems), warnings: inFileOrder(warnings))
        }
        return LoadedConfiguration(
            file: path,
            folder: folder,
            host: host,
            ledgerPath: draft.ledgerPath,
            sinks: draft.sinks.map(\.request),
            media: draft.media,
            warnings: inFileOrder(warnings)
        )
    }

    private func parse(_ absolutePath: String, named path: String) throws(ConfigurationFailure) -> JSON5Document {
        let problem: Diagnostic
        do {
            return try JSON5Document(keepingRepeatedNames: files.read(absolutePath, Self.fileLimit), fileName: path)
        } catch let error as JSON5Error {
            problem = Diagnostic(severity: .error, path: [], position: error.position, message: sentence(error.message))
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            var message = "The configuration file cannot be read: \(reason)."
            if files.kind(absolutePath) == .missing {
                message += " Write one with \"tapedeck init\", or name another with --config."
            }
            problem = Diagnostic(severity: .error, path: [], position: nil, message: message)
        }
        throw ConfigurationFailure(file: path, problems: [problem], warnings: [])
    }

    private func sentence(_ text: String) -> String {
        guard let first = text.first else { return text }
        return first.uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
    }

    /// Adds problems about places of which nothing wrong is known yet, so that one mistake is told once.
    private func add(_ problems: [Diagnostic], to diagnostics: inout [Diagnostic]) {
        let known = diagnostics.filter { $0.severity == .error && !$0.path.isEmpty }.map(\.path)
        diagnostics += problems.filter { problem in !known.contains { problem.path.starts(with: $0) } }
    }

    private func inFileOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            switch (left.element.position, right.element.position) {
            case (let first?, let second?) where first != second: first < second
            case (nil, .some): true
            case (.some, nil): false
            default: left.offset < right.offset
            }
        }.map(\.element)
    }
}

// MARK: - Checks beyond the file's own form

extension ConfigurationLoader {
    /// What the host finds wrong, at the places in the file.
    private func hostProblems(_ configuration: HostConfiguration, root: JSON5Node) -> [Diagnostic] {
        // Whether there are sources at all was checked along with the form.
        Host.problems(in: configuration, registry: registry).filter { $0.path.count > 1 }.map { problem in
            diagnostic(problem.path, problem.message, knownNames: problem.knownNames, root: root)
        }
    }

    /// A problem at its place; the suggestion is near the name when that is unknown, else near the value.
    func diagnostic(_ path: [String], _ message: String, knownNames: [String], root: JSON5Node) -> Diagnostic {
        let place = root.place(of: path)
        let value = root.node(at: path)?.string
        let isUnknownName = place.isComplete && isUnknownSetting(path, root: root)
        let mistaken = isUnknownName ? path.last : value
        return Diagnostic(
            severity: .error,
            path: path,
            position: isUnknownName ? place.name ?? place.value : place.value,
            message: message,
            suggestion: mistaken.flatMap { nearestName(to: $0, among: knownNames) }
        )
    }

    /// Whether a path leads to a setting that its connector does not have.
    private func isUnknownSetting(_ path: [String], root: JSON5Node) -> Bool {
        guard path.count > 3, path[0] == "sources", path[2] == "settings",
            let connector = root.node(at: [path[0], path[1], "connector"])?.string,
            var fields = registry[connector]?.descriptor.settings.fields
        else { return false }
        for part in path.dropFirst(3) where Int(part) == nil {
            guard let field = fields.first(where: { $0.name == part }) else { return true }
            fields = field.type.members
        }
        return false
    }

    /// Sinks that would write into one place; each of them alone is checked elsewhere.
    private func repeatedSinks(_ draft: ConfigurationDraft, root: JSON5Node) -> [Diagnostic] {
        var places: [String: [String]] = [:]
        return draft.sinks.compactMap { sink in
            guard let id = try? makeSink(sink.request).id else { return nil }
            guard let first = places[id] else {
                places[id] = sink.path
                return nil
            }
            let option = sink.request.directory == nil ? "path" : "directory"
            let message = "The sink \(first.joined(separator: ".")) writes there already; choose another place."
            return diagnostic(sink.path + [option], message, knownNames: [], root: root)
        }
    }

    private func sinkProblems(_ sink: ConfigurationDraft.Sink, root: JSON5Node) -> [Diagnostic] {
        do {
            _ = try makeSink(sink.request)
        } catch let problem as SinkProblem {
            return [
                diagnostic(sink.path + [problem.option], problem.message, knownNames: problem.knownNames, root: root)
            ]
        } catch {
            let reason = (error as? TapedeckError)?.reason ?? "The sink cannot be made."
            return [diagnostic(sink.path, reason, knownNames: [], root: root)]
        }
        var problems: [Diagnostic] = []
        if let folder = sink.request.directory, let obstacle = files.obstacle(toWritingInto: folder) {
            problems.append(diagnostic(sink.path + ["directory"], obstacle, knownNames: [], root: root))
        }
        if let file = sink.request.path, let obstacle = files.obstacle(toWritingFile: file) {
            problems.append(diagnostic(sink.path + ["path"], obstacle, knownNames: [], root: root))
        }
        return problems
    }

    /// What the configuration names must be there; what merely lies in the folder is warned of, since no source may want it.
    private func pluginProblem(_ problem: PluginProblem, root: JSON5Node) -> Diagnostic {
        Diagnostic(
            severity: problem.place == nil ? .warning : .error,
            path: problem.place ?? ["plugins"],
            position: problem.place.map { root.place(of: $0).value },
            message: problem.message
        )
    }

    private func ledgerProblems(_ draft: ConfigurationDraft, root: JSON5Node) -> [Diagnostic] {
        files.obstacle(toWritingFile: draft.ledgerPath).map {
            [diagnostic(["ledger"], $0, knownNames: [], root: root)]
        } ?? []
    }
}
