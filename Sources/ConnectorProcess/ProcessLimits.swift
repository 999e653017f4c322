/// What a connector's process may use before it is ended.
public struct ProcessLimits: Sendable, Hashable {
    /// The longest line that it may send, in bytes; default 64 MB.
    public var longestLine = 64 << 20

    /// The default limits.
    public init() {}
}
