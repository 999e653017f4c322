import RawJSON
import RecordingKit

/// Takes credentials and personal data out of exchanges, so that they still lead from one to the next.
///
/// What is unknown is replaced. Kept is what looks like a time, a number, a hexadecimal id, an id under the name of one, or a word
/// under the name of a choice, as long as nothing that was replaced is in it.
struct Anonymiser {
    let rules: AnonymisationRules
    let standIns: StandIns
    /// Where the platform was, and where it is said to be.
    let baseURL: HTTPURL
    let publicURL: HTTPURL
    private let secrets: [String]
    /// The words of which the connector's paths are made.
    private let literals: Set<String>
    /// What was replaced by what.
    private(set) var replaced: [String: String] = [:]
    /// Replaced texts that are long enough to be looked for in others.
    private var telling = TextIndex()
    /// What the connector sends of itself.
    private var constants: Set<String> = []
    /// What was kept, by place.
    private(set) var kept: [String: Set<String>] = [:]

    init(
        _ key: StandInKey,
        rules: AnonymisationRules,
        secrets: [String],
        literals: Set<String>,
        baseURL: HTTPURL,
        publicURL: HTTPURL
    ) {
        self.literals = literals
        standIns = StandIns(key)
        self.rules = rules
        self.secrets = secrets.filter { $0.utf8.count >= 4 }
        self.baseURL = baseURL
        self.publicURL = publicURL
    }

    /// Learns what is replaced from everything that was said, before anything is written.
    mutating func learn(_ exchanges: [RecordedExchange], settings: [String]) {
        for text in settings {
            switch TextShape(text) {
            case .email, .dotted, .text: note(text, standIns.standIn(for: text))
            default: break
            }
        }
        for exchange in exchanges {
            for parameter in exchange.request.query where replaced[parameter.value] == nil {
                constants.insert(parameter.value)
            }
            _ = response(exchange.response)
        }
        // What was replaced late may be in what was kept before.
        for exchange in exchanges { _ = response(exchange.response) }
        kept = [:]
    }

    /// An exchange with everything replaced.
    mutating func exchange(_ exchange: RecordedExchange) -> RecordedExchange {
        RecordedExchange(request(exchange.request), response(exchange.response))
    }

    /// Whether a secret is left in a text, however it is encoded.
    func holdsSecret(_ text: String) -> Bool {
        TextForms.of(text).contains { form in secrets.contains { form.contains($0) } }
    }

    // MARK: - Requests

    private mutating func request(_ request: RecordedRequest) -> RecordedRequest {
        var request = request
        request.path = path(request.path)
        // What the host adds to authenticate is no part of what the connector asks.
        request.query = request.query.filter { !holdsSecret($0.value) }
            .map { RecordedRequest.Parameter(sent($0.name), sent($0.value)) }
        request.headers = []
        if let body = request.body { request.body = content(body) }
        return request
    }

    private mutating func content(_ body: String) -> String {
        guard (try? JSONDocument(parsing: body)) != nil else {
            return body.split(separator: "&", omittingEmptySubsequences: false).map { pair in
                pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    .map { PercentEncoding.encode(sent(PercentEncoding.decode($0, plusIsSpace: true) ?? String($0))) }
                    .joined(separator: "=")
            }
            .joined(separator: "&")
        }
        let copy = self
        let editor = JSONEditor(replace: { _, value, writer in
            guard let text = value.string else { return false }
            writer.string(copy.sent(text))
            return true
        })
        return String(decoding: editor.edit(Array(body.utf8)), as: UTF8.self)
    }

    /// A value that was sent: the connector's own words are kept, what came out of answers or settings is replaced as it was there.
    func sent(_ text: String) -> String {
        if let known = replaced[text] { return known }
        if TextShape(text) == .email || isTelling(text) { return standIns.standIn(for: text) }
        return text
    }

    /// A path: segments are replaced where they are known or tell something.
    private func path(_ path: String) -> String {
        if let url = HTTPURL(path) { return self.url(url) }
        return path.split(separator: "/", omittingEmptySubsequences: false)
            .map { segment in
                let text = PercentEncoding.decode(segment) ?? String(segment)
                if literals.contains(text) { return String(segment) }
                let replaced = sent(text)
                return replaced == text ? String(segment) : PercentEncoding.encode(replaced)
            }
            .joined(separator: "/")
    }

    // MARK: - Answers

    private mutating func response(_ response: RecordedResponse) -> RecordedResponse {
        RecordedResponse(
            status: response.status,
            headers: headers(response.headers),
            body: body(response.body)
        )
    }

    private mutating func body(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        guard let root = try? JSONDocument(parsing: bytes).root else {
            // What is no JSON is recorded for being none.
            let isPage = bytes.first { $0 > 0x20 } == UInt8(ascii: "<")
            return Array((isPage ? "<html><body>removed</body></html>" : "removed").utf8)
        }
        var writer = JSONWriter(reservingCapacity: bytes.count)
        write(root, at: [], to: &writer)
        return writer.take()
    }

    private mutating func write(_ value: JSONValue, at path: [String], to writer: inout JSONWriter) {
        switch value.kind {
        case .object:
            writer.beginObject()
            for member in value.members {
                writer.name(isTelling(member.name) || member.name.contains("@") ? replace(member.name) : member.name)
                write(member.value, at: path + [member.name], to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for (index, element) in value.elements.enumerated() {
                write(element, at: path + [String(index)], to: &writer)
            }
            writer.endArray()
        case .string: writer.string(answered(value.string ?? "", at: path))
        case .number: write(number: value, at: path, to: &writer)
        case .boolean, .null: writer.raw(value)
        }
    }

    /// Numbers are kept, but for telephone numbers and the like.
    private mutating func write(number value: JSONValue, at path: [String], to writer: inout JSONWriter) {
        let text = value.numberText ?? "0"
        let name = path.last { Int($0) == nil } ?? ""
        let isPersonal = rules.replaces(path) || MemberNames.isPhone(name) || MemberNames.isSecret(name)
        guard isPersonal || replaced[text] != nil, TextShape(text) == .digits, !rules.keeps(path) else {
            return writer.raw(value)
        }
        let standIn = standIns.digits(text)
        note(text, standIn)
        writer.rawNumber(standIn)
    }

    /// A text of an answer.
    private mutating func answered(_ text: String, at path: [String]) -> String {
        let name = path.last { Int($0) == nil } ?? ""
        let shape = TextShape(text)
        if shape == .empty { return text }
        if MemberNames.isSecret(name) || holdsSecret(text) { return note(text, standIns.secret(for: text)) }
        if rules.replaces(path) { return replace(text) }
        if rules.keeps(path) { return keep(text, at: path) }
        if let known = replaced[text] { return known }
        switch shape {
        case .time: return keep(text, at: path)
        case .url: return HTTPURL(text).map { note(text, url($0)) } ?? replace(text)
        case .path: return note(text, link(text) ?? standIns.standIn(for: text))
        default: break
        }
        return isKept(text, shape, name) && !isTelling(text) ? keep(text, at: path) : replace(text)
    }

    private func isKept(_ text: String, _ shape: TextShape, _ name: String) -> Bool {
        switch shape {
        case .hexadecimal: true
        case .digits:
            text.utf8.count <= 6 || MemberNames.isTime(name) || (MemberNames.isID(name) && !MemberNames.isPhone(name))
        case .word, .dotted:
            MemberNames.isChoice(name) && text.utf8.count <= 40
                || MemberNames.isID(name) && text.contains(where: \.isNumber)
        default: false
        }
    }

    private mutating func keep(_ text: String, at path: [String]) -> String {
        let place = "/" + path.map { Int($0) == nil ? $0 : "*" }.joined(separator: "/")
        kept[place, default: []].insert(text)
        return text
    }

    private mutating func replace(_ text: String) -> String { note(text, standIns.standIn(for: text)) }

    @discardableResult
    private mutating func note(_ text: String, _ standIn: String) -> String {
        replaced[text] = standIn
        switch TextShape(text) {
        case .email, .text, .word, .dotted: telling.insert(text)
        default: break
        }
        return standIn
    }

    /// Whether a secret or something that was replaced is in a text, however it is encoded.
    private func isTelling(_ text: String) -> Bool {
        if text.utf8.count < 4 { return false }
        return TextForms.of(text).contains { form in
            secrets.contains { form.contains($0) } || telling.isIn(form)
                || (form != text && form.contains("@") && form.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        }
    }

    // MARK: - Header fields and links

    /// The fields that a replay needs; all others are left out.
    private mutating func headers(_ headers: HTTPHeaders) -> HTTPHeaders {
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
    private mutating func link(_ text: String) -> String? {
        let url = HTTPURL(text) ?? baseURL.resolving(text)
        guard let url else { return nil }
        if url.origin == baseURL.origin {
            for pair in url.queryPairs { learnParameter(pair) }
        }
        return self.url(url)
    }

    /// Cursors in links lead on and come back in requests; anything long or with the name of a secret may tell something.
    private mutating func learnParameter(_ pair: RecordedRequest.Parameter) {
        guard replaced[pair.value] == nil, !constants.contains(pair.value) else { return }
        if MemberNames.isSecret(pair.name) || holdsSecret(pair.value) {
            note(pair.value, standIns.secret(for: pair.value))
        } else if TextShape(pair.value) != .time, pair.value.utf8.count >= 16 || isTelling(pair.value) {
            note(pair.value, standIns.standIn(for: pair.value))
        }
    }

    /// A URL with its tokens and names replaced; that of another origin keeps its shape alone.
    private func url(_ url: HTTPURL) -> String {
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
