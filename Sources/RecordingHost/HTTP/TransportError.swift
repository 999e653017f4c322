/// Why there is no complete answer.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure that the host tells apart.
    public enum Kind: String, Sendable, Hashable {
        /// The name could not be resolved.
        case unresolvedHost
        /// No connection could be made, or the proxy refused.
        case notConnected
        /// The connection broke before the answer was complete.
        case connectionBroken
        /// The body ended before the length that was announced.
        case truncated
        /// A time-out ran out.
        case timedOut
        /// TLS could not be set up.
        case tlsFailed
        /// The body is larger than allowed.
        case tooLarge
        /// What came is not HTTP, or its content coding is broken.
        case malformed
        /// Plain http to a host that is not loopback.
        case insecure
        /// The connection leads to an address that the request must not go to.
        case addressRefused
        /// The transport itself failed, or was shut down.
        case transportFailed
    }

    /// What happened.
    public let kind: Kind
    /// A short technical text without URL, header or content.
    public let message: String

    /// Describes a failure.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The kind and the technical text.
    public var description: String { "\(kind.rawValue): \(message)" }
}
