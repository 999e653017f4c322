import RecordingKit

/// One request of the store's, before it is signed.
struct S3Request: Sendable {
    /// What it does, for messages, such as `A part cannot be sent`.
    let purpose: String
    var method = "GET"
    /// The object's key; nil for the bucket itself.
    var key: String?
    var query: [S3Parameter] = []
    var headers: HTTPHeaders = [:]
    var body: [UInt8]?
    /// The SHA-256 of the content in hexadecimal, where it is known already.
    var bodyHash: String?
    /// The largest answer that is taken.
    var answerBytes = 8 << 20
    /// Whether a good answer's body is an object's content, which is never taken for a message.
    var isForContent = false
    /// Statuses that are answers and no failures, besides 2xx.
    var accepted: Set<Int> = []

    /// The endpoint as a template.
    var endpoint: String {
        let names = query.filter { ["uploads", "uploadId", "list-type"].contains($0.name) }.map(\.name)
        let path = key == nil ? "/{bucket}" : "/{bucket}/{key}"
        return "\(method) \(path)" + (names.isEmpty ? "" : "?" + names.joined(separator: "&"))
    }
}

/// The answer to a request that was not refused.
struct S3Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]
    /// The document in the body; nil when there is none.
    let document: XMLElement?
    /// How often it was sent.
    let attempts: Int
}
