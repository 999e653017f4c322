public import RecordingKit

/// One request that a connector had sent, and what the platform answered.
public struct RecordedExchange: Sendable {
    /// What was asked.
    public var request: RecordedRequest
    /// What was answered.
    public var response: RecordedResponse

    /// Puts a request and its answer together.
    public init(_ request: RecordedRequest, _ response: RecordedResponse) {
        self.request = request
        self.response = response
    }
}

/// What tells a recorded request from others.
public struct RecordedRequest: Sendable, Hashable {
    /// The method's name.
    public var method: String
    /// The path, encoded, relative to the source's base URL; the whole URL without its query where that is elsewhere.
    public var path: String
    /// The query's parameters, decoded; their order does not matter.
    public var query: [Parameter]
    /// Header fields that the request must have to be answered; default none.
    public var headers: [Parameter]
    /// The content as text; nil for none.
    public var body: String?

    /// A name and its value.
    public struct Parameter: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: String

        /// Names a value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Describes a request.
    public init(
        _ method: String = "GET",
        _ path: String,
        query: [Parameter] = [],
        headers: [Parameter] = [],
        body: String? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}

/// A recorded answer.
public struct RecordedResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields that are kept.
    public var headers: HTTPHeaders
    /// The content.
    public var body: [UInt8]

    /// Describes an answer.
    public init(status: Int = 200, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
