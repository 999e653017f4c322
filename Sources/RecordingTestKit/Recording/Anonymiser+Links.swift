import RecordingKit

extension Anonymiser {
    /// The fields that a replay needs; all others are left out.
    mutating func headers(_ headers: HTTPHeaders) -> HTTPHeaders {
        var result = HTTPHeaders()
        for field in headers.fields {
            switch field.name.lowercased() {
            case "content-type": result.add("Content-Type", mediaType(field.value))
            case "link": result.add("Link", linkHeader(field.value))
            case "location": if let target = link(field.value) { result.add("Location", target) }
            case "date", "retry-after":
                if field.value.utf8.count <= 40, !isTelling(field.value) { result.add(field.name, field.value) }
            case let name where name.contains("ratelimit") || name.contains("rate-limit"):
                if field.value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { result.add(field.name, field.value) }
            default: break
            }
        }
        return result
    }

    /// The media type without its parameters.
    private func mediaType(_ value: String) -> String {
        let type = value.prefix { $0 != ";" }.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || "/+-.".contains($0))
        }
        return type.utf8.count <= 40 ? String(type) : "application/octet-stream"
    }

    /// Links with their relation; one that cannot be read is kept unreadable.
    private mutating func linkHeader(_ value: String) -> String {
        var links: [String] = []
        var rest = value[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let target = String(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
            let parameters = rest.prefix { $0 != "<" }
            let words = ["next", "prev", "first", "last", "self"]
            let relation = words.first { parameters.lowercased().contains($0) } ?? "other"
            if let target = link(target) { links.append("<\(target)>; rel=\"\(relation)\"") }
        }
        return links.isEmpty ? "unreadable" : links.joined(separator: ", ")
    }

    /// A link, absolute or relative.
    mutating func link(_ text: String) -> String? {
        let url = HTTPURL(text) ?? baseURL.resolving(text)
        guard let url else { return nil }
        if url.origin == baseURL.origin {
            let relative = RecordedRequest.path(of: url, below: baseURL)
            for segment in (relative.hasPrefix("/") ? relative : url.path).split(separator: "/") {
                learnSegment(PercentEncoding.decode(segment) ?? String(segment))
            }
            for pair in url.queryPairs { learnParameter(pair) }
        }
        return self.url(url)
    }

    /// The words of a link come back in requests; what is no word of the connector's, time, number or id may be somebody's.
    private mutating func learnSegment(_ text: String) {
        guard replaced[text] == nil, inLinks[text] == nil, !isLiteral(text) else { return }
        if isPlainInLink(text) { return noteKept(text, in: "links") }
        noteInLink(text, holdsSecret(text) ? standIns.secret(for: text) : standIns.segment(for: text))
    }

    /// Cursors in links lead on and come back in requests.
    private mutating func learnParameter(_ pair: RecordedRequest.Parameter) {
        guard replaced[pair.value] == nil, inLinks[pair.value] == nil else { return }
        if constants.contains(pair.value) { return noteKept(pair.value, in: "links") }
        let isMeasure = MemberNames.isMeasure(pair.name) && TextShape(pair.value) == .digits
        if MemberNames.isSecret(pair.name), !isPlainInLink(pair.value) || !MemberNames.isCursor(pair.name) {
            noteInLink(pair.value, standIns.secret(for: pair.value))
        } else if !isMeasure, !isPlainInLink(pair.value) {
            noteInLink(pair.value, standIns.standIn(for: pair.value))
        } else {
            noteKept(pair.value, in: "links")
        }
    }

    /// Whether a word of a link is kept: it is a time, a short number or an id, and nothing that was replaced is in it.
    private func isPlainInLink(_ text: String) -> Bool {
        switch TextShape(text) {
        case .empty: true
        case .time, .hexadecimal: !isTelling(text)
        case .digits: text.utf8.count <= 6 || keptIDs.contains(text)
        default: false
        }
    }

    /// A URL with its tokens and names replaced; that of another origin keeps its shape alone.
    func url(_ url: HTTPURL) -> String {
        guard url.origin == baseURL.origin else { return foreign(url) }
        let relative = RecordedRequest.path(of: url, below: baseURL)
        let isBelow = relative.hasPrefix("/")
        let base = publicURL.path.hasSuffix("/") ? String(publicURL.path.dropLast()) : publicURL.path
        let path = isBelow ? base + self.path(relative) : self.path(url.path)
        let query = url.queryPairs.map {
            "\(PercentEncoding.encode(sent($0.name)))=\(PercentEncoding.encode(sent($0.value)))"
        }
        return HTTPURL(
            origin: publicURL.origin,
            path: path,
            query: url.query == nil ? nil : query.joined(separator: "&")
        )
        .text
    }

    private func foreign(_ url: HTTPURL) -> String {
        let host =
            standIns.standIn(for: url.origin.host).split(separator: ".").first.map { "\($0).example" } ?? "site.example"
        let path = url.path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : standIns.segment(for: String($0)) }.joined(separator: "/")
        let query = url.queryPairs.map { pair in
            let isPlain = pair.value.utf8.count <= 8 && TextShape(pair.value) == .digits
            let isTime = isPlain || AmazonTime.isOne(pair.value) || TextShape(pair.value) == .time
            let name = isTelling(pair.name) ? standIns.segment(for: pair.name) : pair.name
            let value = isTime && !MemberNames.isSecret(pair.name) ? pair.value : standIns.secret(for: pair.value)
            return "\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))"
        }
        let text = "https://\(host)\(path)"
        return query.isEmpty ? text : "\(text)?\(query.joined(separator: "&"))"
    }
}

/// The basic form of ISO 8601 that signed links hold, such as `20251008T143000Z`.
private enum AmazonTime {
    static func isOne(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 16 && bytes[8] == UInt8(ascii: "T") && bytes[15] == UInt8(ascii: "Z")
            && (bytes[..<8] + bytes[9..<15]).allSatisfy { (0x30...0x39).contains($0) }
    }
}
