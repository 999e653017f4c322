/// One request as it arrived.
struct HTTPRequest: Sendable {
    var method: String
    /// The path before the question mark, undecoded.
    var path: String
    var query: QueryParameters
    /// The request target as it was sent.
    var target: String
    /// Names in lower case, in their order.
    var headers: [(name: String, value: String)]
    var body: [UInt8] = []
    var keepsAlive: Bool

    subscript(header name: String) -> String? {
        for header in headers where header.name == name { return header.value }
        return nil
    }
}
