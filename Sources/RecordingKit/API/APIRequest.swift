/// A request that a connector wants sent; the host adds credentials, sends, retries, paces and checks.
public struct APIRequest: Sendable {
    /// The method, such as `GET`.
    public var method: String
    /// The path as a template, such as `/users/{user}/calls`; shown in logs and errors.
    public let endpoint: String
    /// The path with its parameters filled in and encoded, relative to the source's base URL.
    public let path: String
    /// The query's parameters, in order.
    public var query: [QueryItem]
    /// Header fields beside those of the host and the authentication scheme.
    public var headers: HTTPHeaders
    /// What is sent as content, or nil.
    public var body: RequestBody?
    /// How many entries the request leaves in the customer's audit trail; default 0. The host counts and limits them.
    public var auditCost: Int
    /// Whether sending it twice does no harm; default true for `GET` and `HEAD`. Only such requests are retried.
    public var isReplayable: Bool

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - method: the method's name.
    ///   - endpoint: the path as a template; each `{name}` is replaced by that parameter, percent-encoded.
    ///   - parameters: values for the template; a name that is missing leaves an empty segment, which no platform has.
    ///   - query: parameters of the query.
    public init(
        _ method: String,
        _ endpoint: String,
        parameters: [String: String] = [:],
        query: [QueryItem] = []
    ) {
        self.method = method
        self.endpoint = endpoint
        self.query = query
        path = APIRequest.expand(endpoint, parameters)
        headers = HTTPHeaders()
        auditCost = 0
        isReplayable = method == "GET" || method == "HEAD"
    }

    /// A `GET` request; see ``init(_:_:parameters:query:)``.
    public static func get(
        _ endpoint: String,
        parameters: [String: String] = [:],
        query: [QueryItem] = []
    ) -> APIRequest {
        APIRequest("GET", endpoint, parameters: parameters, query: query)
    }

    /// The same request with one more header field.
    public func header(_ name: String, _ value: String) -> APIRequest {
        var copy = self
        copy.headers.set(name, value)
        return copy
    }

    private static func expand(_ template: String, _ parameters: [String: String]) -> String {
        var path = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            path += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            path += encodeSegment(parameters[name] ?? "")
            rest = rest[rest.index(after: close)...]
        }
        return path + rest
    }

    /// A segment of only dots would climb out of the path, so its dots are escaped too.
    private static func encodeSegment(_ text: String) -> String {
        text == "." || text == ".." ? text.map { _ in "%2E" }.joined() : PercentEncoding.encode(text)
    }
}

/// What a request sends as content.
public enum RequestBody: Sendable {
    /// `application/x-www-form-urlencoded` parameters.
    case form([QueryItem])
    /// JSON text as it stands.
    case json([UInt8])
}
