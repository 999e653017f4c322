/// What a host needs in order to fetch media, besides what it needs for records.
public struct MediaFacilities: Sendable {
    /// Fetches the files.
    public var transport: any MediaTransport
    /// Keeps them.
    public var store: any MediaStore
    /// How they are fetched and kept.
    public var settings: MediaSettings
    /// What the manifest names as the writer of its lines, such as `tapedeck/1.0.0`.
    public var tool: String

    /// Puts the facilities together.
    public init(transport: any MediaTransport, store: any MediaStore, settings: MediaSettings, tool: String) {
        self.transport = transport
        self.store = store
        self.settings = settings
        self.tool = tool
    }
}

/// How media are fetched and kept.
public struct MediaSettings: Sendable, Hashable {
    /// The absolute path of the folder with the manifest and with files that are not complete; with a folder as the store, also its root.
    public var directory: String
    /// Files that are fetched at once, from 1 to 64; default 4.
    public var parallelTransfers: Int
    /// What becomes of the files of a recording that the platform takes back; default they are kept.
    public var whenWithdrawn: WithdrawalPolicy

    /// How long files are kept, and which are held: what is older is not fetched in the first place, and what is held is not given
    /// up when it is withdrawn; nil for ever.
    public var retention: RetentionPolicy?

    /// Describes how media are fetched and kept; numbers that are out of range become the nearest in it.
    public init(
        directory: String,
        parallelTransfers: Int = 4,
        whenWithdrawn: WithdrawalPolicy = .keep,
        retention: RetentionPolicy? = nil
    ) {
        self.retention = retention
        self.directory = directory
        self.parallelTransfers = min(max(parallelTransfers, 1), 64)
        self.whenWithdrawn = whenWithdrawn
    }
}

/// What becomes of stored files when the platform denies a recording that it once handed out, or says that it was deleted.
public enum WithdrawalPolicy: String, Sendable, Hashable, CaseIterable {
    /// They stay; the manifest and the report say that the recording was withdrawn.
    case keep
    /// They are moved out of reach.
    case quarantine
    /// They are deleted.
    case purge
}
