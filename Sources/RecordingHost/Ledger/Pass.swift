public import RecordingKit

/// One going over a source, which may take several runs when they are cut: what it has read is not read again before it ends.
public struct Pass: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// Its first run.
    public var firstRun: Int64
    /// When that began.
    public var beganAt: Timestamp
    /// Tells what was asked for; a run that asks for something else begins a pass of its own.
    public var request: UInt64

    /// Describes a pass.
    public init(source: String, firstRun: Int64, beganAt: Timestamp, request: UInt64) {
        self.source = source
        self.firstRun = firstRun
        self.beganAt = beganAt
        self.request = request
    }
}

/// How a run ended for one source, with what the ledger's books need beside the report.
public struct SourceEnding: Sendable, Hashable {
    /// How it ended.
    public var outcome: SourceOutcome
    /// Whether all parts of the source were found.
    public var foundAllParts: Bool
    /// Whether a part that was not found is gone: all parts were found, whatever range they have.
    public var retiresOthers: Bool
    /// Whether the pass is over: the next run begins a new one.
    public var endsPass: Bool
    /// Open listings that began before this are too old to be continued, and forgotten; nil to keep all.
    public var forgetsListingsBefore: Timestamp?

    /// Whether nothing was read because the machine's clock was wrong.
    package var isMistimed: Bool {
        outcome.state == .failed
            && outcome.failures.contains { $0.code == TapedeckError.Code.clockWrong.rawValue }
    }

    /// Describes an ending.
    public init(
        outcome: SourceOutcome,
        foundAllParts: Bool,
        retiresOthers: Bool,
        endsPass: Bool,
        forgetsListingsBefore: Timestamp? = nil
    ) {
        self.forgetsListingsBefore = forgetsListingsBefore
        self.outcome = outcome
        self.foundAllParts = foundAllParts
        self.retiresOthers = retiresOthers
        self.endsPass = endsPass
    }
}
