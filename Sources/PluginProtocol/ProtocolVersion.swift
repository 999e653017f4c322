/// The version of the protocol between the host and a connector that runs as a program of its own.
public enum ProtocolVersion {
    /// The version that this package speaks.
    public static let current = 1
}
