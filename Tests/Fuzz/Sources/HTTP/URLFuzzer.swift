import CCurl

@testable import RecordingHost
@testable import RecordingKit

extension Fuzzer {
    /// URLs: what is compared is what libcurl would connect to, and a reference that names no host stays where it is.
    ///
    /// The input's lines are two URLs and references.
    static let url = Fuzzer(name: "url") { bytes in
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let urls = lines.prefix(2).compactMap { HTTPURL($0) }
        for url in urls {
            demandStable(url)
            demandWireTarget(url)
            for reference in lines { demandResolution(of: reference, against: url) }
            demandQuery(url, lines.last ?? "")
        }
        for line in lines { demandEncoding(line) }
        guard urls.count == 2 else { return }
        demandComparison(urls[0].origin, urls[1].origin)
    }

    private static func demandStable(_ url: HTTPURL) {
        demand(HTTPURL(url.text) == url, "a URL does not read as itself")
        demand(url.path.hasPrefix("/") && !url.path.contains("?"), "a path that is none")
        demand(!url.description.contains("?"), "a query is shown")
        let origin = url.origin
        let rest = url.text.dropFirst(origin.description.utf8.count)
        demand(HTTPURL(origin.description.uppercased() + rest) == url, "upper case makes another URL")
        let explicit = "\(origin.scheme)://\(origin.host):\(origin.port)"
        demand(HTTPURL(explicit + rest) == url, "the port that is meant anyway makes another URL")
        demand(HTTPURL("\(origin.scheme)://user@\(origin.host)\(rest)") == nil, "user information is accepted")
    }

    private static func demandComparison(_ first: HTTPOrigin, _ second: HTTPOrigin) {
        demand((first == second) == (second == first), "equality has a direction")
        demand((first == second) == (first.description == second.description), "what looks the same is not")
        if first == second { demand(first.hashValue == second.hashValue, "equal origins with other hashes") }
        for origin in [first, second] {
            let pattern = OriginPattern(origin.description)
            demand(pattern == nil || origin.isSecure, "a pattern for an origin without encryption")
            guard let pattern else { continue }
            demand(pattern.matches(origin), "an origin is not its own pattern")
            demand(OriginPattern(pattern.description) == pattern, "a pattern does not read as itself")
            for other in [first, second] {
                demand(pattern.matches(other) == (origin == other), "a pattern means another origin")
            }
        }
        guard first.isSecure, let wide = OriginPattern("https://*.\(first.host):\(first.port)") else { return }
        demand(!wide.matches(first), "a pattern for subdomains means the domain")
        guard wide.matches(second) else { return }
        demand(second.isSecure && second.port == first.port, "a pattern means another scheme or port")
        demand(second.host.hasSuffix(".\(first.host)"), "a pattern means a host that is no subdomain")
    }

    private static func demandResolution(of reference: String, against url: HTTPURL) {
        guard let target = url.resolving(reference) else { return }
        demand(HTTPURL(target.text) == target, "a target does not read as itself")
        demand(target.resolving(target.text) == target, "an absolute reference leads elsewhere")
        demandWireTarget(target)
        let colon = reference.firstIndex(of: ":")
        let mark = reference.firstIndex { "/?#".contains($0) }
        let namesScheme = colon.map { colon in mark.map { colon < $0 } ?? true } ?? false
        if !reference.hasPrefix("//"), !namesScheme {
            demand(target.origin == url.origin, "a reference without a host leads to another origin")
        }
        if reference.hasPrefix("?") { demand(target.path == url.path, "a query leads to another path") }
        let links = PageLinks(
            baseURL: url,
            first: .get("/first"),
            size: nil,
            hidden: ["token"]
        )
        guard let next = try? links.resolve(reference, from: nil) else { return }
        demand(next.origin == url.origin, "a next page on another origin")
        demand(!next.hasQuery("token"), "a parameter with a credential is kept")
    }

    /// The parameters of a query, set and taken away.
    private static func demandQuery(_ url: HTTPURL, _ name: String) {
        // A parameter without a name is there in every query that is empty.
        guard !name.isEmpty else { return }
        demand(url.addingQuery(name, name).queryValue(of: name) != nil, "a parameter that was added is not there")
        let set = url.replacingQueryValue(of: name, with: "a b+c&d=e")
        demand(set.queryValue(of: name) == "a b+c&d=e", "a parameter that was set has another value")
        demand(!set.removingQuery(name).hasQuery(name), "a parameter that was taken away is there")
        if HTTPURL(url.text) != nil { demand(HTTPURL(set.text) == set, "a parameter makes the URL unreadable") }
    }

    private static func demandEncoding(_ text: String) {
        let encoded = PercentEncoding.encode(text)
        demand(encoded.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "what is encoded has bytes that cannot be sent")
        guard let decoded = PercentEncoding.decode(encoded) else { stop("what is encoded cannot be decoded") }
        demand(decoded.utf8.elementsEqual(text.utf8), "what is encoded reads as something else")
        _ = PercentEncoding.decode(text)
        demand(PercentEncoding.decode(encoded, plusIsSpace: true) == decoded, "what is encoded has a bare plus")
    }

    /// The host and port that libcurl would connect to are the origin's.
    private static func demandWireTarget(_ url: HTTPURL) {
        guard let wire = CurlTarget(url.text) else { return }
        demand(wire.scheme == url.origin.scheme, "libcurl sends with \(wire.scheme), not \(url.origin.scheme)")
        demand(wire.port == url.origin.port, "libcurl connects to port \(wire.port), not \(url.origin.port)")
        // Numbers are addresses, which libcurl writes in one form of many.
        let isNumeric =
            url.origin.host.utf8.first.map { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "[") } ?? false
        if !isNumeric {
            demand(wire.host == url.origin.host, "libcurl connects to \(wire.host), not \(url.origin.host)")
        }
    }
}

/// Where libcurl would connect to for a URL.
private struct CurlTarget {
    let scheme: String
    let host: String
    let port: UInt16

    /// Nil when libcurl refuses the URL.
    init?(_ text: String) {
        guard let handle = unsafe curl_url() else { return nil }
        defer { unsafe curl_url_cleanup(handle) }
        guard unsafe curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK,
            let scheme = unsafe Self.part(CURLUPART_SCHEME, of: handle),
            let host = unsafe Self.part(CURLUPART_HOST, of: handle),
            let port = unsafe Self.part(CURLUPART_PORT, of: handle).flatMap({ UInt16($0) })
        else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
    }

    @unsafe
    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(handle, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK,
            let text = unsafe text
        else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
