import RecordingKit

/// Checks a whole configuration without sending anything.
struct ConfigurationCheck {
    let assemblies: [SourceAssembly]
    let problems: [ConfigurationProblem]

    init(_ configuration: HostConfiguration, registry: ConnectorRegistry) {
        var assemblies: [SourceAssembly] = []
        var problems: [ConfigurationProblem] = []
        var seen: Set<String> = []
        if configuration.sources.isEmpty {
            problems.append(ConfigurationProblem(path: ["sources"], message: "There is no source to read."))
        }
        for source in configuration.sources {
            let path = ["sources", source.id]
            if !seen.insert(source.id).inserted {
                problems.append(ConfigurationProblem(path: path, message: "Two sources have the id \"\(source.id)\"."))
            }
            if !ConfigurationCheck.isSourceID(source.id) {
                problems.append(
                    ConfigurationProblem(
                        path: path,
                        message:
                            "A source id is 1 to 64 letters, digits, \"-\", \"_\" and \".\", beginning with a letter or digit."
                    )
                )
            }
            let (assembly, found) = SourceAssembly.check(source, registry: registry)
            problems += found.map {
                ConfigurationProblem(path: path + $0.path, message: $0.message, knownNames: $0.knownNames)
            }
            if let assembly { assemblies.append(assembly) }
        }
        self.assemblies = assemblies
        self.problems = problems
    }

    /// The sources that a request names, in the configuration's order.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid`.
    func selected(_ names: [String]?) throws -> [SourceAssembly] {
        if let problem = problems.first {
            let more = problems.count > 1 ? " (and \(problems.count - 1) more problems)" : ""
            throw TapedeckError(
                .configurationInvalid,
                "\(problem.path.joined(separator: ".")): \(problem.message)\(more)"
            )
        }
        guard let names else { return assemblies }
        let known = assemblies.map(\.configuration.id)
        if let unknown = names.first(where: { !known.contains($0) }) {
            throw TapedeckError(
                .configurationInvalid,
                "There is no source \"\(unknown)\"; known are \(known.joined(separator: ", "))."
            )
        }
        return assemblies.filter { names.contains($0.configuration.id) }
    }

    private static func isSourceID(_ id: String) -> Bool {
        let isAlphanumeric: (UInt8) -> Bool = { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        guard let first = id.utf8.first, isAlphanumeric(first), id.utf8.count <= 64 else { return false }
        return id.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }
}
