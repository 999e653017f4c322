public import RecordingKit

/// What a platform answered, kept so that a connector can be run again without the platform.
///
/// In a folder it is three files: `exchanges.jsonl` with one exchange a line, `settings.json` with the source's settings, secrets
/// made up, and `fixtures.json` with the rest.
public struct Fixtures: Sendable {
    /// The exchanges, in the order in which they happened.
    public var exchanges: [RecordedExchange]
    /// The source's settings as an operator writes them; secrets are made up.
    public var settings: [String: SettingValue]
    /// What the clock said when recording began.
    public var now: Timestamp
    /// The start of the range that was read; nil for all that the platform has.
    public var since: Timestamp?
    /// How much was read.
    public var extent: ReadingExtent
    /// Where it comes from, for people; default empty.
    public var note: String

    /// Puts fixtures together.
    public init(
        exchanges: [RecordedExchange],
        settings: [String: SettingValue],
        now: Timestamp,
        since: Timestamp? = nil,
        extent: ReadingExtent = ReadingExtent(),
        note: String = ""
    ) {
        self.exchanges = exchanges
        self.settings = settings
        self.now = now
        self.since = since
        self.extent = extent
        self.note = note
    }
}

/// How much of a source is read: a recording wants a little of everything.
public struct ReadingExtent: Sendable, Hashable {
    /// How many listings are read; default 8.
    public var listings: Int
    /// How many pages of each paged request are read; default 4.
    public var pages: Int
    /// How many recordings' access events and media are asked for; default 6.
    public var details: Int

    /// Whether links to files are asked for; default true.
    public var media: Bool

    /// Sets an extent; each number is at least 1.
    public init(listings: Int = 8, pages: Int = 4, details: Int = 6, media: Bool = true) {
        self.listings = max(1, listings)
        self.pages = max(1, pages)
        self.details = max(1, details)
        self.media = media
    }
}
