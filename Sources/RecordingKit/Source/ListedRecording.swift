/// A recording as a listing returned it, with what the listing tells beside the recording itself.
public struct ListedRecording: Sendable {
    /// The recording.
    public var recording: Recording
    /// Its counters, where the listing has them.
    public var summary: AccessSummary?
    /// Tells whether the access events must be read again.
    public var accessRevision: AccessRevision

    /// Describes one row of a listing.
    public init(
        _ recording: Recording,
        summary: AccessSummary? = nil,
        accessRevision: AccessRevision = .unknown
    ) {
        self.recording = recording
        self.summary = summary
        self.accessRevision = accessRevision
    }
}

/// Tells whether a recording's access events may have changed since they were last read.
public struct AccessRevision: Sendable, Hashable {
    /// The revision's text, or nil when the platform gives no sign of change.
    public let text: String?

    private init(text: String?) { self.text = text }

    /// The platform gives no sign of change: the events are asked for in every run, from the newest known one on.
    public static let unknown = AccessRevision(text: nil)

    /// Events are read again only when `text` differs from what it was when they were last read completely.
    public static func revision(_ text: String) -> AccessRevision { AccessRevision(text: text) }
}
