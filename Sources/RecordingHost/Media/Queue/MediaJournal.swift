public import RecordingKit

/// How far the fetching of one file has come, so that another process can go on with it.
public struct MediaJournal: Sendable, Hashable {
    /// The name of the unfinished file among those that wait to be stored.
    public var spoolName: String
    /// How many of its bytes are on the disk for certain.
    public var offset: Int64
    /// The SHA-256 of those, 64 hexadecimal digits: what was damaged since is not continued.
    public var sha256: String
    /// The length of the whole file, once a server has told it.
    public var length: Int64?
    /// The version that the bytes belong to.
    public var validator: FileValidator
    /// What is to become of the file; nil while it is not complete.
    public var completion: Completion?

    /// What a complete file is recorded as once it is stored.
    public struct Completion: Sendable, Hashable {
        /// Its place in the store.
        public var path: String
        /// What the server called its content.
        public var contentType: String?
        /// When its last byte arrived.
        public var fetchedAt: Timestamp
        /// The platform's id of the request that brought it.
        public var requestID: String?

        /// Describes a complete file.
        public init(path: String, contentType: String?, fetchedAt: Timestamp, requestID: String?) {
            self.path = path
            self.contentType = contentType
            self.fetchedAt = fetchedAt
            self.requestID = requestID
        }
    }

    /// Describes a file that was begun.
    public init(
        spoolName: String,
        offset: Int64,
        sha256: String,
        length: Int64?,
        validator: FileValidator,
        completion: Completion? = nil
    ) {
        self.spoolName = spoolName
        self.offset = offset
        self.sha256 = sha256
        self.length = length
        self.validator = validator
        self.completion = completion
    }
}
