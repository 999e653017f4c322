import JSON5

/// Finds the files of an operator's connectors: those that the configuration names, and those in the folder for them.
struct PluginSearch {
    /// The name of the folder beside the configuration whose files are connectors.
    static let folderName = "plugins"

    let files: FileAccess
    let environment: [String: String]

    /// What the configuration file names, and what lies in the folder beside it.
    ///
    /// A file that is missing names nothing.
    ///
    /// - Parameter path: the configuration file's absolute path.
    /// - Returns: the entries, each file once, and what is wrong with the form of `plugins`.
    func entries(of path: String) -> (entries: [PluginEntry], findings: PluginFindings) {
        let folder = FilePath.parent(of: path)
        var findings = PluginFindings()
        var named: [PluginEntry] = []
        if let node = plugins(in: path, &findings) {
            let substitution = Substitution(environment: environment, files: files, folder: folder)
            var reader = ConfigurationReader(substitution: substitution)
            named = reader.plugins(node)
            findings.diagnostics += reader.diagnostics
        }
        var entries: [PluginEntry] = []
        var known: Set<String> = []
        for entry in named {
            for file in expanded(entry, &findings) where known.insert(files.resolved(file.path)).inserted {
                entries.append(file)
            }
        }
        let beside = FilePath.joined(folder, Self.folderName)
        if files.kind(beside) == .folder, files.isWritableByOthers(beside) {
            let message =
                "The folder \(beside) may be changed by others than its owner, so nothing in it is taken; run \"chmod go-w\" on it."
            findings.problems.append(PluginProblem(place: nil, message: message))
        } else if files.kind(beside) == .folder {
            for file in expanded(PluginEntry(path: beside), &findings)
            where known.insert(files.resolved(file.path)).inserted {
                entries.append(file)
            }
        }
        return (entries, findings)
    }

    /// What the file says of plugins; nil when it says nothing, or cannot be understood, which is noted.
    private func plugins(in path: String, _ findings: inout PluginFindings) -> JSON5Node? {
        guard files.kind(path) == .file else { return nil }
        do {
            let bytes = try files.read(path, ConfigurationLoader.fileLimit)
            let document = try JSON5Document(keepingRepeatedNames: bytes, fileName: path)
            return document.root.node(at: ["plugins"])
        } catch let error as JSON5Error {
            let problem = Diagnostic(
                severity: .error,
                path: [],
                position: error.position,
                message: "This is not JSON5, so that no plugins are known: \(error.message)."
            )
            findings.diagnostics.append(problem)
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            findings.problems.append(PluginProblem(place: [], message: "\(path) cannot be read: \(reason)."))
        }
        return nil
    }

    /// The entry itself, or the connectors in the folder that it names.
    private func expanded(_ entry: PluginEntry, _ findings: inout PluginFindings) -> [PluginEntry] {
        guard files.kind(entry.path) == .folder else { return [entry] }
        if entry.sha256 != nil {
            let message = "\(entry.path) is a folder, which has no checksum; name the file."
            findings.problems.append(PluginProblem(place: entry.place, message: message))
            return []
        }
        do {
            return try files.names(entry.path).sorted().compactMap { name in
                let path = FilePath.joined(entry.path, name)
                // What else lies there, such as a README, is no connector.
                guard !name.hasPrefix("."), files.kind(path) == .file, PluginRoute(path, files) != nil else {
                    return nil
                }
                var file = entry
                file.path = path
                return file
            }
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            let message = "The folder \(entry.path) cannot be read: \(reason)."
            findings.problems.append(PluginProblem(place: entry.place, message: message))
            return []
        }
    }
}

/// How a connector's file is read.
enum PluginRoute: Sendable, Hashable {
    case manifest
    case executable

    /// Tells by a file's name and permissions; nil when it is neither.
    init?(_ path: String, _ files: FileAccess) {
        if path.hasSuffix(".json5") || path.hasSuffix(".json") {
            self = .manifest
        } else if files.isExecutable(path) {
            self = .executable
        } else {
            return nil
        }
    }
}
