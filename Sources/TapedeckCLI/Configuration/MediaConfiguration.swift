import RecordingHost

/// How media are fetched, kept and given up, as it is configured.
struct MediaConfiguration: Sendable {
    /// Where the files are.
    var store: MediaStoreRequest
    /// Files that are fetched at once.
    var parallelTransfers: Int
    /// What becomes of the files of a recording that the platform takes back.
    var whenWithdrawn: WithdrawalPolicy
    /// How many bytes may come in a second; nil for no limit.
    var bytesPerSecond: Int?
    /// Which files may be deleted.
    var retention: RetentionPolicy
    /// How long files are kept, as it was written; nil for ever.
    var retainText: String?

    /// What the host is told.
    var settings: MediaSettings {
        MediaSettings(
            directory: store.directory,
            parallelTransfers: parallelTransfers,
            whenWithdrawn: whenWithdrawn,
            retention: retention
        )
    }
}
