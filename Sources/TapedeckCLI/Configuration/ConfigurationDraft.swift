import RecordingHost

/// What a configuration file says, as far as it could be understood.
struct ConfigurationDraft: Sendable {
    /// A sink, and where it stands in the file.
    struct Sink: Sendable {
        let request: SinkRequest
        let path: [String]
    }

    var sources: [SourceConfiguration] = []
    var sinks: [Sink] = []
    /// The absolute path of the ledger.
    var ledgerPath: String
    /// How media are fetched and kept; nil when the file does not say.
    var media: MediaConfiguration?
    var includesRaw = true
}
