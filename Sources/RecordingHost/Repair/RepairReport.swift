import RecordingKit

/// What a repair may do.
public struct RepairRequest: Sendable, Hashable {
    /// Whether it only looks, and says what it would do.
    public var isDryRun: Bool
    /// Whether lines that are no records, and lines that stand there twice, are moved into files beside.
    public var setsAside: Bool
    /// Whether a ledger is begun that knows no records when no sink can give them back; what the sinks hold is moved aside then.
    public var startsOver: Bool

    /// Asks for a repair that moves no lines.
    public init(isDryRun: Bool = false, setsAside: Bool = false, startsOver: Bool = false) {
        self.isDryRun = isDryRun
        self.setsAside = setsAside
        self.startsOver = startsOver
    }
}

/// What a repair found and did, or would do.
public struct RepairReport: Sendable {
    /// A line of a sink and what is wrong with it.
    public struct LineFinding: Sendable, Hashable {
        /// The sink.
        public let sink: String
        /// Where it stands.
        public let place: SinkLine
        /// What is wrong, without anything of the content.
        public let problem: String
    }

    /// How many lines of each sort are listed.
    public static let maximumLines = 1_000

    /// What lay in the place of the ledger.
    public internal(set) var condition: LedgerCondition = .sound
    /// What of the old ledger could not be saved.
    public internal(set) var losses: [String] = []
    /// What the old ledger claimed of a time that has not come yet.
    public internal(set) var futureClaims: [String] = []
    /// What sinks do not agree with the ledger in, in words, by the sink's id.
    public internal(set) var mismatches: [String: String] = [:]
    /// Lines that are no records; at most ``maximumLines``.
    public internal(set) var damagedLines: [LineFinding] = []
    /// How many there are.
    public internal(set) var damagedLineCount = 0
    /// Lines that repeat what stands before them; at most ``maximumLines``.
    public internal(set) var repeatedLines: [LineFinding] = []
    /// How many there are.
    public internal(set) var repeatedLineCount = 0
    /// How the records in the files differ from what the ledger knew.
    public internal(set) var comparison = LedgerComparison()
    /// Records that were read back, older versions included.
    public internal(set) var recordsRead = 0
    /// The sink from whose files the ledger is made; nil when there is none.
    public internal(set) var giver: String?
    /// Sinks that the next run fills again.
    public internal(set) var refilled: [String] = []
    /// Names of files that were made: those that were moved aside, and those with what was taken out.
    public internal(set) var filesMade: [String] = []
    /// Whether there was anything to repair.
    public internal(set) var isHealthy = true
    /// Whether a new ledger was put in place.
    public internal(set) var hasReplaced = false

    /// Whether everything could be recovered, or will be by the next run for all that is known.
    public var isWhole: Bool { losses.isEmpty && damagedLineCount == 0 && comparison.lost.isEmpty }
}
