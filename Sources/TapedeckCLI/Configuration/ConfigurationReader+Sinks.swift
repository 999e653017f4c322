import JSON5

extension ConfigurationReader {
    private static let sinkNames = ["kind", "directory", "path", "compress", "rotate"]

    /// The sinks that can be understood, each with its place.
    mutating func sinks(_ node: JSON5Node) -> [ConfigurationDraft.Sink] {
        guard let elements = elements(of: node, at: ["sinks"]) else { return [] }
        if elements.isEmpty { report(["sinks"], node, "This list must not be empty.") }
        return elements.enumerated().compactMap { index, element in
            let path = ["sinks", String(index)]
            guard let request = sink(element, at: path) else { return nil }
            return ConfigurationDraft.Sink(request: request, path: path)
        }
    }

    private mutating func sink(_ element: JSON5Node, at path: [String]) -> SinkRequest? {
        guard let members = members(of: element, at: path, knownNames: Self.sinkNames) else { return nil }
        guard let kindNode = members["kind"] else {
            report(path, element, "\"kind\" is missing, such as \"jsonl\".")
            return nil
        }
        guard let kind = text(kindNode, at: path + ["kind"]) else { return nil }
        var request = SinkRequest(kind: kind, base: substitution.folder)
        if let node = members["directory"] {
            guard let place = location(node, at: path + ["directory"]) else { return nil }
            request.directory = place
        }
        if let node = members["path"] {
            guard let place = location(node, at: path + ["path"]) else { return nil }
            request.path = place
        }
        if let node = members["compress"] {
            guard let compression = text(node, at: path + ["compress"]) else { return nil }
            request.compression = compression
        }
        if let node = members["rotate"] {
            guard let size = size(node, at: path + ["rotate"]) else { return nil }
            request.rotateAfter = size
        }
        return request
    }

    /// A size in bytes; nil when it is none.
    mutating func size(_ node: JSON5Node, at path: [String]) -> Int64? {
        guard let text = node.string else {
            expected(SizeText.expectation, at: path, node)
            return nil
        }
        guard let text = resolved(text, node, at: path) else { return nil }
        guard let size = SizeText.parse(text) else {
            report(path, node, "Expected \(SizeText.expectation), a whole number above 0 with KB, MB or GB.")
            return nil
        }
        return size
    }
}
