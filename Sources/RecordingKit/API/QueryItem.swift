/// One parameter of a query or a form.
public struct QueryItem: Sendable, Hashable {
    /// The name, not yet encoded.
    public var name: String
    /// The value, not yet encoded.
    public var value: QueryValue

    /// Names a parameter.
    public init(_ name: String, _ value: QueryValue) {
        self.name = name
        self.value = value
    }
}

/// The value of a parameter, which may depend on the moment of sending.
public enum QueryValue: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Fixed text.
    case text(String)
    /// The start of a range: the instant itself, or the connector's horizon when that has moved past it by the time the
    /// request is sent, so that a request that had to wait is never older than the platform allows.
    case start(Timestamp)

    /// Fixed text.
    public init(stringLiteral value: String) { self = .text(value) }
}
