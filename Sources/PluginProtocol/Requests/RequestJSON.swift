import RawJSON
import RecordingKit

/// Requests as JSON, in the words that a manifest has for them.
enum RequestJSON {
    static let members = [
        "method", "path", "parameters", "query", "headers", "json", "form", "auditCost", "replayable",
    ]

    static func read(_ value: JSONValue) throws -> APIRequest {
        var reader = try MemberReader(value, "request")
        let method = try reader.text("method") ?? "GET"
        let parameters = try Dictionary(reader.pairs("parameters").map { ($0.name, $0.value) }) { $1 }
        let path = try reader.requiredText("path")
        guard path.hasPrefix("/") else { throw reader.wrong("path", "a path that begins with a slash") }
        var request = APIRequest(method, path, parameters: parameters, query: try query(&reader, "query"))
        for (name, value) in try headers(&reader) { request.headers.add(name, value) }
        if let json = reader.member("json") {
            request.body = .json(Array(json.rawBytes))
        } else if reader.value["form"] != nil {
            request.body = .form(try query(&reader, "form"))
        }
        request.auditCost = try reader.count("auditCost") ?? 0
        if let replayable = try reader.boolean("replayable") { request.isReplayable = replayable }
        try reader.finish(members)
        return request
    }

    /// Writes a request.
    ///
    /// - Throws: ``ProtocolViolation`` when its content is not JSON, or its path not what its template says.
    static func write(_ request: APIRequest, to writer: inout JSONWriter) throws {
        writer.beginObject()
        writer.member("method", request.method)
        writer.member("path", request.endpoint)
        guard let parameters = PathParameters.read(request.path, template: request.endpoint) else {
            throw ProtocolViolation("its request's path is not what its template says")
        }
        writer.member("parameters", parameters)
        write(request.query, "query", to: &writer)
        if !request.headers.fields.isEmpty {
            writer.name("headers")
            HeaderJSON.write(request.headers, to: &writer)
        }
        switch request.body {
        case .json(let bytes):
            guard let document = try? JSONDocument(parsing: bytes) else {
                throw ProtocolViolation("the content of its request is not JSON")
            }
            writer.member("json", raw: document.root)
        case .form(let items): write(items, "form", to: &writer, evenIfEmpty: true)
        case nil: break
        }
        if request.auditCost != 0 { writer.member("auditCost", request.auditCost) }
        if request.isReplayable != (request.method == "GET" || request.method == "HEAD") {
            writer.name("replayable")
            writer.boolean(request.isReplayable)
        }
        writer.endObject()
    }

    private static func headers(_ reader: inout MemberReader) throws -> [(String, String)] {
        guard let value = reader.member("headers") else { return [] }
        do {
            return try HeaderJSON.read(value).fields.map { ($0.name, $0.value) }
        } catch {
            throw reader.wrong("headers", "an object of texts or a list of pairs")
        }
    }

    // MARK: - Query

    private static func query(_ reader: inout MemberReader, _ name: String) throws -> [QueryItem] {
        guard let value = reader.member(name) else { return [] }
        let violation = reader.wrong(name, "an object of values or a list of pairs")
        switch value.kind {
        case .object:
            return try value.members.flatMap { member -> [QueryItem] in
                let values = member.value.kind == .array ? Array(member.value.elements) : [member.value]
                return try values.compactMap { try item(member.name, $0, violation) }
            }
        case .array:
            return try value.elements.compactMap { pair in
                let parts = Array(pair.elements)
                guard parts.count == 2, let name = parts[0].string else { throw violation }
                return try item(name, parts[1], violation)
            }
        default: throw violation
        }
    }

    /// One parameter; nil for null, which leaves the parameter out.
    private static func item(_ name: String, _ value: JSONValue, _ violation: ProtocolViolation) throws -> QueryItem? {
        if value.isNull { return nil }
        if let text = value.scalarText { return QueryItem(name, .text(text)) }
        if let truth = value.boolean { return QueryItem(name, .text(truth ? "true" : "false")) }
        guard value.members.count == 1, let start = value["start"]?.string, let time = Timestamp(start) else {
            throw violation
        }
        return QueryItem(name, .start(time))
    }

    private static func write(
        _ items: [QueryItem],
        _ name: JSONName,
        to writer: inout JSONWriter,
        evenIfEmpty: Bool = false
    ) {
        guard evenIfEmpty || !items.isEmpty else { return }
        writer.name(name)
        writer.beginArray()
        for item in items {
            writer.beginArray()
            writer.string(item.name)
            switch item.value {
            case .text(let text): writer.string(text)
            case .start(let time):
                writer.beginObject()
                writer.member("start", time)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endArray()
    }
}

/// Header fields as JSON: a list of pairs, so that duplicates and their order are kept; read from an object too.
enum HeaderJSON {
    static func read(_ value: JSONValue) throws -> HTTPHeaders {
        let violation = ProtocolViolation("header fields are not a list of pairs")
        var headers = HTTPHeaders()
        switch value.kind {
        case .object:
            for (name, value) in value.members {
                guard let text = value.scalarText else { throw violation }
                headers.add(name, text)
            }
        case .array:
            for pair in value.elements {
                let parts = Array(pair.elements)
                guard parts.count == 2, let name = parts[0].string, let text = parts[1].scalarText else {
                    throw violation
                }
                headers.add(name, text)
            }
        default: throw violation
        }
        return headers
    }

    static func write(_ headers: HTTPHeaders, to writer: inout JSONWriter) {
        writer.beginArray()
        for field in headers.fields {
            writer.beginArray()
            writer.string(field.name)
            writer.string(field.value)
            writer.endArray()
        }
        writer.endArray()
    }
}
