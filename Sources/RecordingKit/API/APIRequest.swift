/// A request that a connector wants sent; the host adds credentials, sends, retries, paces and checks.
///
/// Its description is the method and the template: paths, queries and header fields may hold ids and e-mails.
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
    /// How many entries the request leaves in the customer's audit trail; default 0.
    ///
    /// The host counts and limits them.
    public var auditCost: Int
    /// Whether sending it twice does no harm, which only then is retried; default true for `GET` and `HEAD`.
    public var isReplayable: Bool

    /// The template's parameters that have no value which can stand as a segment.
    private let unfilledParameters: [String]

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - method: the method's name.
    ///   - endpoint: the path as a template; each `{name}` is replaced by that parameter, percent-encoded.
    ///   - parameters: values for the template; a request with one that is missing, empty, `.` or `..` is never sent, because
    ///     it would ask for something else.
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
        (path, unfilledParameters) = APIRequest.expand(endpoint, parameters)
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

    /// Checks what would otherwise ask for something else than was meant.
    ///
    /// - Throws: ``TapedeckError`` with code `connector_failed` when a parameter of the path has no value, or when a header field
    ///   could not be sent as one line (RFC 9110 §5).
    func validate() throws {
        if let name = unfilledParameters.first {
            throw failure("The path's parameter \"\(name)\" has no value that can stand as a segment.")
        }
        if let field = headers.fields.first(where: { !$0.isWellFormed }) {
            let isNameGood = HTTPHeaders.Field(name: field.name, value: "").isWellFormed
            throw failure(
                isNameGood ? "The header field \(field.name) has line breaks." : "A header field's name is not a token."
            )
        }
    }

    private func failure(_ reason: String) -> TapedeckError {
        var error = TapedeckError(.connectorFailed, reason)
        error.endpoint = description
        return error
    }

    private static func expand(
        _ template: String,
        _ parameters: [String: String]
    ) -> (path: String, unfilled: [String]) {
        var path = ""
        var unfilled: [String] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            path += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            let value = parameters[name] ?? ""
            if ["", ".", ".."].contains(value) { unfilled.append(name) }
            path += PercentEncoding.encode(value)
            rest = rest[rest.index(after: close)...]
        }
        return (path + rest, unfilled)
    }
}

extension APIRequest: CustomStringConvertible, CustomReflectable {
    /// The method and the path's template, such as `GET /users/{user}/calls`.
    public var description: String { "\(method) \(endpoint)" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// What a request sends as content.
public enum RequestBody: Sendable {
    /// `application/x-www-form-urlencoded` parameters.
    case form([QueryItem])
    /// JSON text as it stands.
    case json([UInt8])
}
