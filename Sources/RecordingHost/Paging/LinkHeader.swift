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

/// A cursor over the bytes of one field line.
private struct LinkParser {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    mutating func links() throws -> [LinkHeader.Link] {
        var links: [LinkHeader.Link] = []
        while true {
            skipSpaces()
            while take(",") { skipSpaces() }
            if rest.isEmpty { return links }
            links.append(try link())
            skipSpaces()
            guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { throw broken() }
        }
    }

    private mutating func link() throws -> LinkHeader.Link {
        guard take("<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) else { throw broken() }
        let target = rest[..<end]
        guard !target.contains(UInt8(ascii: "<")), !target.contains(UInt8(ascii: " ")) else { throw broken() }
        rest = rest[(end + 1)...]
        var relations: [String]?
        while true {
            skipSpaces()
            guard take(";") else { break }
            skipSpaces()
            let name = text(token()).lowercased()
            skipSpaces()
            guard take("=") else { continue }
            skipSpaces()
            let value = try parameterValue()
            // RFC 8288 §3.3: of several rel parameters only the first counts.
            if name == "rel", relations == nil {
                // A token may hold apostrophes, so 'next' in them would pass for a relation that nobody knows.
                guard !value.contains(UInt8(ascii: "'")) else { throw broken() }
                relations = value.split(separator: UInt8(ascii: " ")).map { text($0).lowercased() }
            }
        }
        // RFC 8288 §3.3: a link must say its relation; one that does not may well be the next page.
        guard let relations else { throw broken() }
        return LinkHeader.Link(target: text(target), relations: relations)
    }

    private mutating func parameterValue() throws -> ArraySlice<UInt8> {
        guard take("\"") else {
            let value = token()
            guard !value.isEmpty else { throw broken() }
            return value
        }
        var value: ArraySlice<UInt8> = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return value
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { throw broken() }
                value.append(escaped)
            default: value.append(byte)
            }
        }
        throw broken()
    }

    private mutating func token() -> ArraySlice<UInt8> {
        let end = rest.firstIndex { ";,= \t\"<>".utf8.contains($0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private func broken() -> TapedeckError {
        TapedeckError(.pagingBroken, "The Link header field cannot be parsed, so the next page is unknown.")
    }
}
