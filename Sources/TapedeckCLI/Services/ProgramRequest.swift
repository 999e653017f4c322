public import RecordingKit

/// A program that the operator names as a connector.
public struct ProgramRequest: Sendable, Hashable {
    /// The absolute path of the file to run.
    public var path: String
    /// What it is started with.
    public var arguments: [String]
    /// The variables that it sees, and no others.
    public var environment: [String: String]
    /// The SHA-256 that its file must have, 64 lower-case hexadecimal digits; nil when any file will do.
    public var sha256: String?

    /// Names a program.
    public init(path: String, arguments: [String] = [], environment: [String: String] = [:], sha256: String? = nil) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.sha256 = sha256
    }
}

/// A connector that was found while the program runs.
public struct FoundConnector: Sendable {
    /// What it is and needs.
    public var descriptor: ConnectorDescriptor
    /// How it came into the program.
    public var origin: ConnectorOrigin
    /// Makes a source from settings that were checked against the descriptor.
    public var makeSource: @Sendable (Settings) throws -> any RecordingSource
    /// Ends what still runs of it; nothing can be read through it afterwards.
    public var close: @Sendable () async -> Void

    /// Puts together what was found.
    public init(
        descriptor: ConnectorDescriptor,
        origin: ConnectorOrigin,
        makeSource: @escaping @Sendable (Settings) throws -> any RecordingSource,
        close: @escaping @Sendable () async -> Void = {}
    ) {
        self.descriptor = descriptor
        self.origin = origin
        self.makeSource = makeSource
        self.close = close
    }
}
