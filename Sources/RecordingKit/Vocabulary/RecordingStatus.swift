/// Where a recording is in its life, in one vocabulary for all platforms.
public struct RecordingStatus: RawRepresentable, Sendable, Hashable {
    /// The name on the wire.
    public let rawValue: String

    /// Names a status; a platform's own word belongs in `status_raw`.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It exists and can be had.
    public static let available = RecordingStatus(rawValue: "available")
    /// It is being recorded or prepared.
    public static let processing = RecordingStatus(rawValue: "processing")
    /// It ended in an error.
    public static let failed = RecordingStatus(rawValue: "failed")
    /// The platform says that it was deleted.
    public static let deleted = RecordingStatus(rawValue: "deleted")
    /// The platform used a word that the connector does not know; the word is kept in `status_raw`.
    public static let unknown = RecordingStatus(rawValue: "unknown")
}
