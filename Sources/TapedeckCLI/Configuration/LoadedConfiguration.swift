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
    /// How media are fetched and kept; nil when the file names no place for them.
    let media: MediaConfiguration?
    /// What is not wrong but should be known.
    let warnings: [Diagnostic]

    /// How media are fetched and kept, for a command that is of no use without.
    func requireMedia() throws(CommandFailure) -> MediaConfiguration {
        if let media { return media }
        throw CommandFailure(
            exitCode: .configurationInvalid,
            message: "\(file) names no folder for media files; see \"media.directory\"."
        )
    }
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
