public import RecordingKit

/// A recording whose media are wanted, as the ledger keeps it.
public struct MediaTask: Sendable {
    /// Names the recording.
    public var key: MediaTaskKey
    /// The ledger's number, ascending in the order in which the tasks were found.
    public var number: Int64
    /// What the connector is asked with: without title, without the platform's own object.
    public var recording: Recording
    /// How often it was tried without everything being stored.
    public var attempts: Int
    /// What is known of its renditions.
    public var files: [MediaFile]

    /// Describes a task.
    public init(key: MediaTaskKey, number: Int64, recording: Recording, attempts: Int, files: [MediaFile]) {
        self.key = key
        self.number = number
        self.recording = recording
        self.attempts = attempts
        self.files = files
    }
}

/// Names a recording whose media are wanted.
public struct MediaTaskKey: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// The recording's id.
    public var recordingID: String

    /// Names a recording.
    public init(source: String, recordingID: String) {
        self.source = source
        self.recordingID = recordingID
    }
}

/// What is known of one rendition.
public struct MediaFile: Sendable, Hashable {
    /// The rendition's name.
    public var rendition: String
    /// What was last written about it; nil when nothing was.
    public var medium: Medium?
    /// How far fetching it has come; nil when it was not begun or is over.
    public var journal: MediaJournal?

    /// Describes a rendition.
    public init(rendition: String, medium: Medium? = nil, journal: MediaJournal? = nil) {
        self.rendition = rendition
        self.medium = medium
        self.journal = journal
    }
}

/// A recording that a listing returned and whose media are wanted: new, or with something else to be asked with.
public struct MediaDemand: Sendable {
    /// Names the recording.
    public var key: MediaTaskKey
    /// What the connector is to be asked with.
    public var recording: Recording
    /// Hash of that.
    public var revision: UInt64

    /// Describes a demand.
    public init(key: MediaTaskKey, recording: Recording, revision: UInt64) {
        self.key = key
        self.recording = recording
        self.revision = revision
    }
}

/// What became of a task.
public struct MediaProgress: Sendable {
    /// Names the recording.
    public var key: MediaTaskKey
    /// What was written about its renditions; their journals are forgotten.
    public var media: [Medium]
    /// What becomes of the task; nil when it goes on.
    public var ending: Ending?

    /// What becomes of a task.
    public enum Ending: Sendable, Hashable {
        /// Nothing is left to do unless the recording changes.
        case settled
        /// It is tried again, not before the time.
        case again(notBefore: Timestamp?)
    }

    /// Describes what became of a task.
    public init(key: MediaTaskKey, media: [Medium] = [], ending: Ending? = nil) {
        self.key = key
        self.media = media
        self.ending = ending
    }
}

/// A stored file and the recording that it belongs to.
public struct StoredMedium: Sendable {
    /// The number of the recording's task.
    public var number: Int64
    /// Names the recording.
    public var key: MediaTaskKey
    /// What was last written about the file.
    public var medium: Medium
    /// When the recording began, or was made, or ended: the first that is known.
    public var date: Timestamp?

    /// Describes a stored file.
    public init(number: Int64, key: MediaTaskKey, medium: Medium, date: Timestamp?) {
        self.number = number
        self.key = key
        self.medium = medium
        self.date = date
    }
}

/// A source's media in numbers.
public struct MediaStanding: Sendable, Hashable {
    /// Recordings that are still to be asked for, those included that were tried in vain.
    public var waiting = 0
    /// Renditions by what was last written about them.
    public var states: [MediaState: Int] = [:]
    /// The bytes of those that are stored.
    public var storedBytes: Int64 = 0

    /// Counts nothing.
    public init() {}
}
