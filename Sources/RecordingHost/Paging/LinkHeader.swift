import RecordingKit

/// The `Link` header field (RFC 8288 §3), parsed strictly: what cannot be read is an error, because skipping it would end a
/// listing early without a word.
package struct LinkHeader: Sendable {
    /// One link: its target and its relation types in lower case.
    struct Link: Sendable, Hashable {
        var target: String
        var relations: [String]
    }

    /// The links of all field lines, in order.
    let links: [Link]

    /// Parses all field lines.
    ///
    /// - Throws: `TapedeckError` with code `paging_broken`.
    package init(_ values: [String]) throws {
        var links: [Link] = []
        for value in values {
            var parser = LinkParser(value)
            links += try parser.links()
        }
        self.links = links
    }

    /// The target of the link with relation `next`, or nil when there is none.
    ///
    /// - Throws: `TapedeckError` with code `paging_broken` when several lead to different places.
    package func next() throws -> String? {
        let targets = Set(links.filter { $0.relations.contains("next") }.map(\.target))
        guard targets.count <= 1 else {
            throw TapedeckError(.pagingBroken, "The Link header field names several next pages.")
        }
        return targets.first
    }
}

/// A cursor over one field line.
private struct LinkParser {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    mutating func links() throws -> [LinkHeader.Link] {
        var links: [LinkHeader.Link] = []
        while true {
            skipSpaces()
            while take(",") { skipSpaces() }
            if rest.isEmpty { return links }
            links.append(try link())
            skipSpaces()
            guard rest.isEmpty || rest.first == "," else { throw broken() }
        }
    }

    private mutating func link() throws -> LinkHeader.Link {
        guard take("<"), let end = rest.firstIndex(of: ">") else { throw broken() }
        let target = String(rest[..<end])
        guard !target.contains("<"), !target.contains(" ") else { throw broken() }
        rest = rest[rest.index(after: end)...]
        var relations: [String]?
        while true {
            skipSpaces()
            guard take(";") else { break }
            skipSpaces()
            let name = token().lowercased()
            skipSpaces()
            guard take("=") else { continue }
            skipSpaces()
            let value = try parameterValue()
            // RFC 8288 §3.3: of several rel parameters only the first counts.
            if name == "rel", relations == nil {
                // A token may hold apostrophes, so 'next' in them would pass for a relation that nobody knows.
                guard !value.contains("'") else { throw broken() }
                relations = value.lowercased().split(separator: " ").map(String.init)
            }
        }
        // RFC 8288 §3.3: a link must say its relation; one that does not may well be the next page.
        guard let relations else { throw broken() }
        return LinkHeader.Link(target: target, relations: relations)
    }

    private mutating func parameterValue() throws -> String {
        guard take("\"") else {
            let value = token()
            guard !value.isEmpty else { throw broken() }
            return value
        }
        var value = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return value
            case "\\":
                guard let escaped = rest.popFirst() else { throw broken() }
                value.append(escaped)
            default: value.append(character)
            }
        }
        throw broken()
    }

    private mutating func token() -> String {
        let end = rest.firstIndex { ";,= \t\"<>".contains($0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return String(rest[..<end])
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == " " || $0 == "\t" }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private func broken() -> TapedeckError {
        TapedeckError(.pagingBroken, "The Link header field cannot be parsed, so the next page is unknown.")
    }
}
