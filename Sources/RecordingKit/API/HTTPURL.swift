/// An absolute `http` or `https` URL, taken apart strictly (RFC 3986, RFC 9110 §4.2).
///
/// Its description never shows the query, which may hold tokens, signatures and e-mails; ``text`` is the whole URL.
public struct HTTPURL: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// Scheme, host and port: what credentials belong to.
    public let origin: HTTPOrigin
    /// The path, percent-encoded, beginning with `/`.
    public var path: String
    /// The query without `?`, percent-encoded, or nil.
    public var query: String?

    /// Puts a URL together from parts that are encoded already.
    public init(origin: HTTPOrigin, path: String, query: String? = nil) {
        self.origin = origin
        self.path = path.hasPrefix("/") ? path : "/" + path
        self.query = query
    }

    /// Reads an absolute URL, or returns nil.
    ///
    /// Refused are other schemes, user information, an empty host, white space, control characters and anything outside
    /// ASCII. A fragment is dropped.
    public init?(_ text: String) {
        // What is clean is ASCII, so that bytes are characters.
        guard HTTPURL.isClean(text), let schemeEnd = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            text[schemeEnd...].hasPrefix("://")
        else { return nil }
        let scheme = text[..<schemeEnd].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = HTTPURL.withoutFragment(text[text.utf8.index(schemeEnd, offsetBy: 3)...])
        let authorityEnd = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        guard let origin = HTTPOrigin(scheme: scheme, authority: rest[..<authorityEnd]) else { return nil }
        let (path, query) = HTTPURL.splitQuery(rest[authorityEnd...])
        self.init(origin: origin, path: path.isEmpty ? "/" : HTTPURL.removingDotSegments(path), query: query)
    }

    /// Resolves a reference against this URL (RFC 3986 §5.2): absolute, `//host/…`, `/path`, `path` or `?query`.
    ///
    /// Returns nil for an empty reference and for one that does not lead to a valid http or https URL.
    public func resolving(_ reference: String) -> HTTPURL? {
        guard HTTPURL.isClean(reference), !reference.isEmpty else { return nil }
        if reference.hasPrefix("//") { return HTTPURL("\(origin.scheme):\(reference)") }
        if let mark = reference.utf8.first(where: { ":/?#".utf8.contains($0) }), mark == UInt8(ascii: ":") {
            return HTTPURL(reference)
        }
        let (referencePath, referenceQuery) = HTTPURL.splitQuery(HTTPURL.withoutFragment(reference[...]))
        if referencePath.isEmpty {
            return HTTPURL(origin: origin, path: path, query: referenceQuery ?? query)
        }
        if referencePath.hasPrefix("/") {
            return HTTPURL(origin: origin, path: HTTPURL.removingDotSegments(referencePath), query: referenceQuery)
        }
        let folder = path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
        let merged = HTTPURL.removingDotSegments("\(folder)/\(referencePath)")
        return HTTPURL(origin: origin, path: merged, query: referenceQuery)
    }

    /// The whole URL, query included; for sending, never for showing.
    public var text: String {
        query.map { "\(origin)\(path)?\($0)" } ?? "\(origin)\(path)"
    }

    /// Origin and path; the query is hidden.
    public var description: String { "\(origin)\(path)" }

    /// A mirror without children, so that the query is not dumped either.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

    private static func isClean(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }

    private static func withoutFragment(_ text: Substring) -> Substring {
        text.utf8.firstIndex(of: UInt8(ascii: "#")).map { text[..<$0] } ?? text
    }

    private static func splitQuery(_ text: Substring) -> (path: String, query: String?) {
        guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (String(text), nil) }
        return (String(text[..<mark]), String(text[text.utf8.index(after: mark)...]))
    }

    private static func removingDotSegments(_ path: String) -> String {
        guard
            zip(path.utf8, path.utf8.dropFirst()).contains(where: { $0 == UInt8(ascii: "/") && $1 == UInt8(ascii: ".") }
            )
        else { return path }
        var kept: [Substring] = []
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}
