/// A sink as it is configured.
public struct SinkRequest: Sendable, Hashable {
    /// The kind's name, such as `jsonl`.
    public var kind: String
    /// The absolute path of the folder to write into, for kinds that write several files.
    public var directory: String?
    /// The absolute path of the file to write to, for kinds that write one.
    public var path: String?
    /// The absolute path of the configuration's folder: what lies below it keeps its identity when the whole is moved.
    public var base: String?
    /// The compression's name, such as `zstd`.
    public var compression: String?
    /// The length in bytes at which a file is finished and another begins.
    public var rotateAfter: Int64?

    /// Describes a sink.
    public init(
        kind: String,
        directory: String? = nil,
        path: String? = nil,
        base: String? = nil,
        compression: String? = nil,
        rotateAfter: Int64? = nil
    ) {
        self.compression = compression
        self.rotateAfter = rotateAfter
        self.base = base
        self.kind = kind
        self.directory = directory
        self.path = path
    }
}

/// Why a sink cannot be made as it is configured.
public struct SinkProblem: Error, Sendable, Hashable {
    /// The option that is wrong or missing, as it is named in the file: `kind`, `directory`, `path`, `compress` or `rotate`.
    public var option: String
    /// What is wrong and what was expected.
    public var message: String
    /// Values that the option may have, for a suggestion.
    public var knownNames: [String]

    /// Describes a problem.
    public init(option: String, message: String, knownNames: [String] = []) {
        self.option = option
        self.message = message
        self.knownNames = knownNames
    }
}
