import RecordingKit

/// The path of a request with holes, each of which becomes one percent-encoded segment or a part of one.
struct PathTemplate: Sendable {
    struct Hole: Sendable {
        /// The name in the endpoint.
        let key: String
        let value: TextTemplate
        let isEncodedTwice: Bool
    }

    /// The path as it is shown, with `{key}` for each hole.
    let endpoint: String
    let holes: [Hole]

    /// The names that the holes use.
    var names: [String] { holes.flatMap(\.value.names) }

    /// The base URL itself.
    static let root = PathTemplate()

    private init() {
        endpoint = "/"
        holes = []
    }

    /// Takes a path apart.
    ///
    /// - Parameters:
    ///   - text: the template, beginning with `/`.
    ///   - encodedTwice: names whose values are encoded twice.
    init(_ text: String, encodedTwice: Set<String>) throws(ValueProblem) {
        var endpoint = ""
        var holes: [Hole] = []
        for piece in try TextTemplate(text).pieces {
            switch piece {
            case .literal(let literal):
                guard !literal.contains(where: { "{}?#\\".contains($0) }) else {
                    throw ValueProblem(
                        "a path has no \"{{\", \"}}\", \"?\", \"#\" or \"\\\": parameters belong in query"
                    )
                }
                endpoint += literal
            case .hole(let hole):
                guard case .name(let name) = hole.source else {
                    throw ValueProblem("a path of a request has names in it, not paths into a row")
                }
                let key = ([name] + hole.filters.map(\.rawValue)).joined(separator: " | ")
                endpoint += "{\(key)}"
                let value = try TextTemplate("{\(key)}")
                holes.append(Hole(key: key, value: value, isEncodedTwice: encodedTwice.contains(name)))
            }
        }
        self.endpoint = endpoint
        self.holes = holes
    }

    /// The values of the holes by their keys; one that is absent is left out.
    func parameters(_ names: NameScope) throws(ValueProblem) -> [String: String] {
        var parameters: [String: String] = [:]
        for hole in holes {
            guard let text = try hole.value.text(names) else { continue }
            parameters[hole.key] = hole.isEncodedTwice ? PercentEncoding.encode(text) : text
        }
        return parameters
    }
}
