import RawJSON
import RecordingKit

extension RecordedExchange {
    /// Reads one line of `exchanges.jsonl`.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid`; its reason says what is wrong.
    init(line: [UInt8]) throws {
        guard let root = try? JSONDocument(parsing: line).root, let asked = root["request"],
            let answered = root["response"]
        else { throw RecordedExchange.broken("is no JSON object with \"request\" and \"response\"") }
        guard let path = asked["path"]?.string else { throw RecordedExchange.broken("names no path") }
        request = RecordedRequest(
            asked["method"]?.string ?? "GET",
            path,
            query: try RecordedExchange.pairs(asked["query"]),
            headers: try RecordedExchange.pairs(asked["headers"]),
            body: asked["body"]?.string
        )
        guard let status = answered["status"]?.integer, (100...599).contains(status) else {
            throw RecordedExchange.broken("has no status")
        }
        response = RecordedResponse(
            status: Int(status),
            headers: HTTPHeaders(
                try RecordedExchange.pairs(answered["headers"])
                    .map { HTTPHeaders.Field(name: $0.name, value: $0.value) }
            ),
            body: answered["json"].map { Array($0.rawBytes) } ?? Array((answered["text"]?.string ?? "").utf8)
        )
    }

    /// Appends the exchange as one line, without its line feed.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("request")
        request.write(to: &writer)
        writer.name("response")
        response.write(to: &writer)
        writer.endObject()
    }

    private static func pairs(_ value: JSONValue?) throws -> [RecordedRequest.Parameter] {
        guard let value, !value.isNull else { return [] }
        return try value.elements.map { pair in
            guard pair.elements.count == 2, let name = pair[0]?.string, let text = pair[1]?.string else {
                throw broken("holds something else than [name, value] in a list of them")
            }
            return RecordedRequest.Parameter(name, text)
        }
    }

    private static func broken(_ what: String) -> TapedeckError {
        TapedeckError(.configurationInvalid, "An exchange of the fixtures \(what).")
    }
}

extension RecordedRequest {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("method")
        writer.string(method)
        writer.name("path")
        writer.string(path)
        writer.name("query")
        RecordedRequest.write(query, to: &writer)
        if !headers.isEmpty {
            writer.name("headers")
            RecordedRequest.write(headers, to: &writer)
        }
        if let body {
            writer.name("body")
            writer.string(body)
        }
        writer.endObject()
    }

    fileprivate static func write(_ pairs: [Parameter], to writer: inout JSONWriter) {
        writer.beginArray()
        for pair in pairs {
            writer.beginArray()
            writer.string(pair.name)
            writer.string(pair.value)
            writer.endArray()
        }
        writer.endArray()
    }
}

extension RecordedResponse {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("status")
        writer.integer(status)
        writer.name("headers")
        RecordedRequest.write(headers.fields.map { RecordedRequest.Parameter($0.name, $0.value) }, to: &writer)
        if let json = try? JSONDocument(parsing: body).root {
            writer.name("json")
            writer.raw(json)
        } else {
            writer.name("text")
            writer.string(String(decoding: body, as: UTF8.self))
        }
        writer.endObject()
    }
}
