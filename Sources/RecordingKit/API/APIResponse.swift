public import RawJSON

/// A successful answer, already checked by the host: a 2xx status and well-formed JSON.
public struct APIResponse: Sendable {
    /// The status code, 200 ... 299.
    public let status: Int
    /// The header fields, duplicates kept.
    public let headers: HTTPHeaders
    /// The parsed content; null when the platform sent none.
    public let json: JSONValue

    /// Describes an answer; made by the host and by test doubles.
    public init(status: Int, headers: HTTPHeaders, json: JSONValue) {
        self.status = status
        self.headers = headers
        self.json = json
    }
}
