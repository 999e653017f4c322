public import RawJSON

/// A successful answer, already checked by the host: a 2xx status and well-formed JSON.
public struct APIResponse: Sendable, CustomStringConvertible, CustomReflectable {
    /// The status code, from 200 to 299.
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

    /// The status alone: bodies hold titles, names and e-mails.
    public var description: String { "status \(status)" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
