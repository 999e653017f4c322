import PluginProtocol

/// Something that a connector's process said to people and not to the host.
///
/// It may hold anything: show it to whoever works on the connector, at debug level, and to nobody else.
public struct ConnectorNotice: Sendable, Hashable {
    /// Where it was said.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        /// The name in output.
        public let rawValue: String

        /// Names a kind.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A message of the protocol.
        public static let progress = Kind(rawValue: "progress")
        /// The end of what it wrote to standard output and standard error, told when the process has ended.
        public static let diagnostics = Kind(rawValue: "diagnostics")
    }

    /// Where it was said.
    public let kind: Kind
    /// What was said, on one line, without control characters.
    public let text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = SafeText.withoutControlCharacters(text)
    }
}
