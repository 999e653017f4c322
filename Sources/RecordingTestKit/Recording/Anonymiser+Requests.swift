import RawJSON
import RecordingKit

extension Anonymiser {
    mutating func request(_ request: RecordedRequest) -> RecordedRequest {
        noteKept(in: request)
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
        if let known = replaced[text] ?? inLinks[text] { return known }
        guard TextShape(text) == .email || isTelling(text) else { return text }
        if let plain = PercentEncoding.decode(text), let known = replaced[plain] { return known }
        return composed(text) ?? standIns.standIn(for: text)
    }

    /// Ids that were put together, such as `id:7,id:8`, with each of them replaced as where it came from.
    private func composed(_ text: String) -> String? {
        var result = ""
        var part = ""
        for character in text {
            if ",;:|/ ".contains(character) {
                result += (replaced[part] ?? part) + String(character)
                part = ""
            } else {
                part.append(character)
            }
        }
        result += replaced[part] ?? part
        return result == text || isTelling(result) || result.contains("@") && TextShape(text) == .email ? nil : result
    }

    /// A path: segments are replaced where they are known or tell something.
    func path(_ path: String) -> String {
        if let url = HTTPURL(path) { return self.url(url) }
        return path.split(separator: "/", omittingEmptySubsequences: false)
            .map { segment in
                let text = PercentEncoding.decode(segment) ?? String(segment)
                if isLiteral(text) { return String(segment) }
                let replaced = sent(text)
                return replaced == text ? String(segment) : PercentEncoding.encode(replaced)
            }
            .joined(separator: "/")
    }

    // MARK: - What was kept

    /// Notes what of a request is kept, but for the connector's own words in paths.
    private mutating func noteKept(in request: RecordedRequest) {
        if HTTPURL(request.path) == nil {
            for segment in request.path.split(separator: "/") {
                let text = PercentEncoding.decode(segment) ?? String(segment)
                if !isLiteral(text) { noteSent(text, in: "path of requests") }
            }
        }
        for parameter in request.query where !holdsSecret(parameter.value) {
            noteSent(parameter.value, in: "\(sent(parameter.name)) in queries of requests")
        }
        guard let body = request.body else { return }
        if let root = try? JSONDocument(parsing: body).root {
            noteSent(root)
        } else {
            for pair in body.split(separator: "&") {
                let value = pair.split(separator: "=", maxSplits: 1).last ?? pair
                noteSent(PercentEncoding.decode(value, plusIsSpace: true) ?? String(value), in: "bodies of requests")
            }
        }
    }

    private mutating func noteSent(_ value: JSONValue) {
        switch value.kind {
        case .object: for member in value.members { noteSent(member.value) }
        case .array: for element in value.elements { noteSent(element) }
        case .string: noteSent(value.string ?? "", in: "bodies of requests")
        case .number: noteKept(value.numberText ?? "", in: "bodies of requests")
        case .boolean, .null: break
        }
    }

    /// Notes a text that is sent, if it is kept.
    mutating func noteSent(_ text: String, in place: String) {
        if !text.isEmpty, sent(text) == text { noteKept(text, in: place) }
    }
}
