/// How often one recording was viewed and downloaded, by the platform's own counters.
///
/// Counters are never derived from access events. The host adds `source`, `connector` and `as_of`.
public struct AccessSummary: Sendable, Hashable {
    /// The recording that was counted.
    public var recordingID: String
    /// How often it was viewed, or nil when the platform does not say.
    public var views: Int64?
    /// How often it was downloaded, or nil when the platform does not say.
    public var downloads: Int64?

    /// States the counters of one recording.
    public init(recordingID: String, views: Int64?, downloads: Int64?) {
        self.recordingID = recordingID
        self.views = views
        self.downloads = downloads
    }
}
