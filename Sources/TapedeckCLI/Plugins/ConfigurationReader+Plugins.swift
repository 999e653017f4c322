import JSON5

extension ConfigurationReader {
    private static let pluginNames = ["path", "sha256", "arguments", "environment"]

    /// The connectors that `plugins` names, as far as they can be understood.
    mutating func plugins(_ node: JSON5Node) -> [PluginEntry] {
        guard let elements = elements(of: node, at: ["plugins"]) else { return [] }
        return elements.enumerated().compactMap { plugin($1, at: ["plugins", String($0)]) }
    }

    private mutating func plugin(_ node: JSON5Node, at path: [String]) -> PluginEntry? {
        if node.string != nil {
            return location(node, at: path).map { PluginEntry(path: $0, place: path) }
        }
        guard node.members != nil else {
            expected("a path, or an object such as { path: \"plugins/archive.py\", sha256: \"…\" }", at: path, node)
            return nil
        }
        guard let members = members(of: node, at: path, knownNames: Self.pluginNames) else { return nil }
        guard let pathNode = members["path"] else {
            report(path, node, "\"path\" is missing: the connector's file.")
            return nil
        }
        let before = errorCount
        var entry = PluginEntry(path: location(pathNode, at: path + ["path"]) ?? "", place: path)
        if let node = members["sha256"] { entry.sha256 = checksum(node, at: path + ["sha256"]) }
        if let node = members["arguments"] {
            entry.arguments = (elements(of: node, at: path + ["arguments"]) ?? []).enumerated().compactMap {
                text($1, at: path + ["arguments", String($0)])
            }
        }
        if let node = members["environment"] {
            let variables = self.members(of: node, at: path + ["environment"], knownNames: nil) ?? [:]
            for (name, value) in variables {
                entry.environment[name] = variable(name, value, at: path + ["environment", name])
            }
        }
        return errorCount == before ? entry : nil
    }

    private mutating func checksum(_ node: JSON5Node, at path: [String]) -> String? {
        guard let text = text(node, at: path) else { return nil }
        let digits = text.lowercased()
        guard digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) else {
            report(path, node, "Expected the 64 hexadecimal digits that \"sha256sum\" prints.")
            return nil
        }
        return digits
    }

    private mutating func variable(_ name: String, _ node: JSON5Node, at path: [String]) -> String? {
        guard !name.isEmpty, !name.contains("="), !name.contains("\0") else {
            report(path, node, "This is no name of an environment variable.")
            return nil
        }
        guard let value = text(node, at: path) else { return nil }
        guard !value.contains("\0") else {
            report(path, node, "A variable cannot hold a NUL character.")
            return nil
        }
        return value
    }
}
