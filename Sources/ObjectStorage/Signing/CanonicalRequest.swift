import RecordingKit

/// A request in the one form that both sides of a signature hash.
///
/// The path is taken as it is sent: object storage decodes it once and normalises nothing, since `a//b` and `a/./b` are keys of
/// their own. Source: "Signature Calculations for the Authorization Header" in the reference of Amazon S3's API.
struct CanonicalRequest: Sendable, Hashable {
    /// The names of the header fields that are signed, sorted and joined by `;`.
    let signedHeaders: String
    /// The whole text.
    let text: String

    /// Puts a request into the form.
    ///
    /// - Parameters:
    ///   - method: the method's name.
    ///   - path: percent-encoded, as it is sent.
    ///   - query: names and values, not yet encoded, in any order.
    ///   - headers: what is signed, `Host` included.
    ///   - payloadHash: the SHA-256 of the content, in hexadecimal.
    init(method: String, path: String, query: [S3Parameter], headers: HTTPHeaders, payloadHash: String) {
        let fields = Self.joined(headers)
        signedHeaders = fields.map(\.name).joined(separator: ";")
        let lines =
            [method, path, S3Parameter.canonicalQuery(query)]
            + fields.map { "\($0.name):\($0.value)" }
            + ["", signedHeaders, payloadHash]
        text = lines.joined(separator: "\n")
    }

    /// One field for each name, sorted by bytes; values of one name keep their order.
    private static func joined(_ headers: HTTPHeaders) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for field in headers.fields {
            values[field.name.lowercased(), default: []].append(collapsingSpaces(field.value))
        }
        return values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { ($0, values[$0, default: []].joined(separator: ",")) }
    }

    /// The value without outer spaces, and with one space for each run of them.
    private static func collapsingSpaces(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }
}
