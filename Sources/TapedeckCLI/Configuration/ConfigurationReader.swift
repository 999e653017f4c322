import JSON5
import RecordingHost
import RecordingKit

/// Walks the tree of a configuration file, collecting what it says and everything that is wrong with it.
struct ConfigurationReader {
    static let topLevelNames = ["ledger", "sources", "sinks", "media", "raw", "plugins"]
    static let ledgerPrefix = "sqlite:"
    static let defaultLedger = "tapedeck.db"

    let substitution: Substitution
    let registry: ConnectorRegistry
    private(set) var diagnostics: [Diagnostic] = []

    init(substitution: Substitution, registry: ConnectorRegistry = ConnectorRegistry()) {
        self.substitution = substitution
        self.registry = registry
    }

    /// Reads the whole file.
    mutating func read(_ root: JSON5Node) -> ConfigurationDraft {
        var draft = ConfigurationDraft(ledgerPath: FilePath.joined(substitution.folder, Self.defaultLedger))
        guard let members = members(of: root, at: [], knownNames: Self.topLevelNames) else { return draft }
        if let node = members["ledger"], let path = ledgerPath(node) { draft.ledgerPath = path }
        if let node = members["sources"] {
            draft.sources = sources(node)
        } else {
            report([], root, "\"sources\" is missing: an object that names each source.")
        }
        if let node = members["sinks"] {
            draft.sinks = sinks(node)
        } else {
            report([], root, "\"sinks\" is missing: a list such as [{ kind: \"jsonl\", directory: \"out\" }].")
        }
        if let node = members["media"] { draft.media = media(node) }
        if let node = members["raw"], let value = boolean(node, at: ["raw"]) { draft.includesRaw = value }
        return draft
    }

    private mutating func ledgerPath(_ node: JSON5Node) -> String? {
        guard let text = text(node, at: ["ledger"]) else { return nil }
        guard text.hasPrefix(Self.ledgerPrefix), text.count > Self.ledgerPrefix.count else {
            report(["ledger"], node, "Expected \"sqlite:\" and a path, such as \"sqlite:tapedeck.db\".")
            return nil
        }
        return FilePath.joined(substitution.folder, String(text.dropFirst(Self.ledgerPrefix.count)))
    }

    /// An absolute path from a text that must not be empty.
    mutating func location(_ node: JSON5Node, at path: [String]) -> String? {
        guard let text = text(node, at: path) else { return nil }
        guard !text.isEmpty else {
            report(path, node, "Expected a path, found an empty text.")
            return nil
        }
        return FilePath.joined(substitution.folder, text)
    }
}

// MARK: - Values of one type

extension ConfigurationReader {
    /// An object's members by name, unknown names reported; nil when it is no object.
    mutating func members(of node: JSON5Node, at path: [String], knownNames: [String]?) -> [String: JSON5Node]? {
        guard let members = node.members else {
            expected("an object", at: path, node)
            return nil
        }
        if let knownNames {
            for member in members where !knownNames.contains(member.name) {
                let known = knownNames.joined(separator: ", ")
                diagnostics.append(
                    Diagnostic(
                        severity: .error,
                        path: path + [member.name],
                        position: member.namePosition,
                        message: "Unknown key; known here: \(known).",
                        suggestion: nearestName(to: member.name, among: knownNames)
                    )
                )
            }
        }
        return Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// A list's elements; nil when it is no list.
    mutating func elements(of node: JSON5Node, at path: [String]) -> [JSON5Node]? {
        guard let elements = node.elements else {
            expected("a list", at: path, node)
            return nil
        }
        return elements
    }

    /// A text with its references replaced; nil when it is no text or one of them cannot be.
    mutating func text(_ node: JSON5Node, at path: [String]) -> String? {
        guard let text = node.string else {
            expected("a text", at: path, node)
            return nil
        }
        return resolved(text, node, at: path)
    }

    /// A text with its references replaced; nil when one of them cannot be.
    mutating func resolved(_ text: String, _ node: JSON5Node, at path: [String]) -> String? {
        let result = substitution.resolve(text)
        for problem in result.problems { report(path, node, problem) }
        return result.text
    }

    mutating func boolean(_ node: JSON5Node, at path: [String]) -> Bool? {
        if let value = node.boolean { return value }
        expected("true or false", at: path, node)
        return nil
    }

    mutating func expected(_ what: String, at path: [String], _ node: JSON5Node) {
        report(path, node, "Expected \(what), found \(node.kindName).")
    }

    mutating func report(_ path: [String], _ node: JSON5Node, _ message: String, suggestion: String? = nil) {
        let problem = Diagnostic(
            severity: .error,
            path: path,
            position: node.position,
            message: message,
            suggestion: suggestion
        )
        diagnostics.append(problem)
    }

    /// How many errors there are so far.
    var errorCount: Int { diagnostics.count { $0.severity == .error } }

    mutating func warnAboutSecret(at path: [String], _ node: JSON5Node) {
        warn(
            path,
            node,
            "A secret stands in the file itself; write \"${env:NAME}\" or \"${file:/path}\" in its place."
        )
    }

    mutating func warn(_ path: [String], _ node: JSON5Node, _ message: String) {
        diagnostics.append(Diagnostic(severity: .warning, path: path, position: node.position, message: message))
    }
}
