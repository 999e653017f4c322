/// The place for media files as it is configured.
public struct MediaStoreRequest: Sendable, Hashable {
    /// The kind's name, such as `folder`.
    public var kind: String
    /// The absolute path of the local folder: it holds the manifest and files that are not complete, and the others too where no
    /// other place is configured for them.
    public var directory: String

    /// The bucket, for the kind ``objectStorage``; nil for others.
    public var bucket: ObjectStorageRequest?

    /// The kind that keeps files in ``directory``.
    public static let folder = "folder"
    /// The kind that keeps files in a bucket of an S3-compatible object storage.
    public static let objectStorage = "s3"

    /// Describes a place.
    public init(
        kind: String = MediaStoreRequest.folder,
        directory: String,
        bucket: ObjectStorageRequest? = nil
    ) {
        self.kind = kind
        self.directory = directory
        self.bucket = bucket
    }
}

/// Why there can be no place for media files as it is configured.
public struct MediaStoreProblem: Error, Sendable, Hashable {
    /// The option of `media.store` that is wrong or missing, such as `kind`.
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
