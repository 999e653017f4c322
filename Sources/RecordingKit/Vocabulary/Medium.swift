/// The file of one rendition of a recording, or why there is none.
///
/// Its key is the source, `recordingID` and `rendition`. The host makes it; connectors only offer links.
public struct Medium: Sendable, Hashable {
    /// The recording's id.
    public var recordingID: String
    /// Which rendition it is, such as `video`, `audio` or `transcript`.
    public var rendition: String
    /// Where the file is, relative to the store's root; nil when there is none.
    public var path: String?
    /// How many bytes it has.
    public var bytes: Int64?
    /// The SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    public var sha256: String?
    /// What it holds, as the server says.
    public var contentType: String?
    /// The entity tag that came with it.
    public var etag: String?
    /// When its last byte arrived.
    public var fetchedAt: Timestamp?
    /// Whether there is a file.
    public var state: MediaState
    /// Why there is none, without personal data; nil for a stored one.
    public var reason: String?

    /// Describes a rendition of which there is no file.
    public init(recordingID: String, rendition: String, state: MediaState, reason: String? = nil) {
        self.recordingID = recordingID
        self.rendition = rendition
        self.state = state
        self.reason = reason
    }
}

/// Whether there is a file of a rendition, and if not, why.
public struct MediaState: RawRepresentable, Sendable, Hashable {
    /// The name on the wire.
    public let rawValue: String

    /// Names a state.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file is there.
    public static let stored = MediaState(rawValue: "stored")
    /// The platform does not have it yet; it is asked again in the next run.
    public static let pending = MediaState(rawValue: "pending")
    /// The platform or its customer does not let it go.
    public static let forbidden = MediaState(rawValue: "forbidden")
    /// It existed and no longer does.
    public static let gone = MediaState(rawValue: "gone")
    /// It could not be fetched; it is tried again.
    public static let failed = MediaState(rawValue: "failed")
}
