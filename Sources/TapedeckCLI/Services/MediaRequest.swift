/// The place for media files as it is configured.
public struct MediaRequest: Sendable, Hashable {
    /// The absolute path of the local folder: it holds the manifest, and the files where no other place is configured for them.
    public var directory: String

    /// Describes a place.
    public init(directory: String) { self.directory = directory }
}
