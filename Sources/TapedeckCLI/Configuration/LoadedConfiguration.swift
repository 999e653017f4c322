import RecordingHost

/// A configuration file that was read and found good.
struct LoadedConfiguration: Sendable {
    /// The file's name as it was given.
    let file: String
    /// The absolute path of the folder that relative paths are relative to.
    let folder: String
    let host: HostConfiguration
    /// The absolute path of the ledger.
    let ledgerPath: String
    let sinks: [SinkRequest]
    /// Where media files go; nil when the file names no place for them.
    let media: MediaRequest?
    /// What is not wrong but should be known.
    let warnings: [Diagnostic]
}

/// Why there is no configuration to work with.
struct ConfigurationFailure: Error, Sendable {
    /// The file's name as it was given.
    let file: String
    /// Everything that is wrong, in the order of the file.
    let problems: [Diagnostic]
    /// What is not wrong but should be known.
    let warnings: [Diagnostic]
}
