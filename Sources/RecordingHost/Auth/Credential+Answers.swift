import RawJSON
import RecordingKit

/// What a connector gets to see of an answer: nothing that authorises a request.
extension Credential {
    private static let withheld = [
        "Set-Cookie", "Set-Cookie2", "Cookie", "Authorization", "WWW-Authenticate", "Authentication-Info",
        "Proxy-Authorization", "Proxy-Authenticate", "Proxy-Authentication-Info",
    ]

    /// An answer's header fields without those that carry or ask for credentials, and without what links repeat of this one.
    func cleaning(_ headers: HTTPHeaders) -> HTTPHeaders {
        var shown = headers
        for name in Credential.withheld + fields.map(\.name) + (signer?.settings.fields.map(\.name) ?? []) {
            shown.remove(name)
        }
        guard !parameters.isEmpty else { return shown }
        let repetitions = RepeatedCredential(parameters)
        return HTTPHeaders(
            shown.fields.map { field in
                guard let value = repetitions.removed(from: Array(field.value.utf8)) else { return field }
                return HTTPHeaders.Field(name: field.name, value: String(decoding: value, as: UTF8.self))
            }
        )
    }

    /// An answer without what its links repeat of this credential; the very same when they repeat nothing.
    ///
    /// - Throws: `TapedeckError` with code `malformed_response`.
    func cleaning(_ json: JSONValue) throws -> JSONValue {
        guard !parameters.isEmpty else { return json }
        guard let bytes = RepeatedCredential(parameters).removed(from: Array(json.rawBytes)) else { return json }
        do {
            return try JSONDocument(parsing: bytes).root
        } catch {
            throw TapedeckError(
                .malformedResponse,
                "The answer repeats the credentials in a way that cannot be undone."
            )
        }
    }
}

/// Finds the values of query parameters that carry credentials where they stand in URLs, in the midst of other text.
private struct RepeatedCredential {
    /// What may stand before a value: an equals sign, plain or as some writers of JSON escape it.
    private static let starts = ["=", "\\u003d", "\\u003D"].map { Array($0.utf8) }
    /// What ends a value: the next parameter, the fragment, the end of the URL.
    private static let ends = Set("&#\"<> ".utf8)
    private static let backslash = UInt8(ascii: "\\")
    private static let slash = UInt8(ascii: "/")

    private let values: Set<String>

    init(_ parameters: [Credential.Parameter]) {
        values = Set(parameters.map(\.value.revealed)).subtracting([""])
    }

    /// The text with the values left out; nil when none is in it.
    func removed(from text: [UInt8]) -> [UInt8]? {
        var kept: [UInt8] = []
        var copied = 0
        var position = 0
        while position < text.count {
            guard let start = start(at: position, of: text) else {
                position += 1
                continue
            }
            position += start
            let end = end(of: position, in: text)
            guard isValue(text[position..<end]) else { continue }
            kept += text[copied..<position]
            copied = end
            position = end
        }
        guard copied > 0 else { return nil }
        return kept + text[copied...]
    }

    /// How long what stands before a value is, when it is here.
    private func start(at position: Int, of text: [UInt8]) -> Int? {
        let first = text[position]
        guard first == UInt8(ascii: "=") || first == RepeatedCredential.backslash else { return nil }
        return RepeatedCredential.starts.first { text[position...].starts(with: $0) }?.count
    }

    private func end(of start: Int, in text: [UInt8]) -> Int {
        var end = start
        while end < text.count, !RepeatedCredential.ends.contains(text[end]) {
            if text[end] == RepeatedCredential.backslash {
                // JSON may escape a slash, which is part of the value; every other escape ends it.
                guard end + 1 < text.count, text[end + 1] == RepeatedCredential.slash else { break }
                end += 1
            }
            end += 1
        }
        return end
    }

    private func isValue(_ written: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: written.filter { $0 != RepeatedCredential.backslash }, as: UTF8.self)
        return values.contains(text)
            || PercentEncoding.decode(text).map(values.contains) == true
            || PercentEncoding.decode(text, plusIsSpace: true).map(values.contains) == true
    }
}
