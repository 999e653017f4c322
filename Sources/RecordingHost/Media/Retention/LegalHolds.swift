/// Sources and recordings of which nothing may be deleted, however old it is.
public struct LegalHolds: Sendable, Hashable {
    /// Sources that are held as a whole, by their configured ids.
    public var sources: Set<String>
    /// Recordings that are held, by source and the platform's id.
    public var recordings: Set<HeldRecording>

    /// One recording of a source.
    public struct HeldRecording: Sendable, Hashable {
        /// The configured source's id.
        public let source: String
        /// The recording's id on its platform.
        public let recordingID: String

        /// Names a recording.
        public init(source: String, recordingID: String) {
            self.source = source
            self.recordingID = recordingID
        }

        /// Reads `source/recording-id`; the recording's id may hold further slashes; nil when either part is missing.
        public init?(_ text: String) {
            guard let slash = text.firstIndex(of: "/") else { return nil }
            let (source, recordingID) = (text[..<slash], text[text.index(after: slash)...])
            guard !source.isEmpty, !recordingID.isEmpty else { return nil }
            self.init(source: String(source), recordingID: String(recordingID))
        }
    }

    /// Describes holds; none by default.
    public init(sources: Set<String> = [], recordings: Set<HeldRecording> = []) {
        self.sources = sources
        self.recordings = recordings
    }

    /// Whether a recording is held, by itself or with its source.
    public func holds(source: String, recordingID: String) -> Bool {
        sources.contains(source) || recordings.contains(HeldRecording(source: source, recordingID: recordingID))
    }
}
