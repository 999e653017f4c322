public import RecordingKit

/// What a run did.
public struct SyncReport: Sendable {
    /// The run's number in the ledger.
    public var run: Int64
    /// When it began and ended.
    public var window: TimeWindow
    /// How each source ended, in the configuration's order.
    public var outcomes: [SourceOutcome]
    /// Why the run as a whole could not go on, such as a full disk; nil when it could.
    public var failure: TapedeckError?
    /// Whether the task was cancelled before everything was read.
    public var wasStopped: Bool

    /// Describes a run.
    public init(
        run: Int64,
        window: TimeWindow,
        outcomes: [SourceOutcome],
        failure: TapedeckError? = nil,
        wasStopped: Bool = false
    ) {
        self.run = run
        self.window = window
        self.outcomes = outcomes
        self.failure = failure
        self.wasStopped = wasStopped
    }
}

/// What a run would do for one source, found out without sending anything.
public struct SourcePlan: Sendable {
    /// The source.
    public var source: String
    /// The connector's id.
    public var connector: String
    /// The kinds of record that would be read.
    public var reads: [RecordKind]
    /// The ranges that the platform would be asked for; empty when it is not asked for ranges.
    public var windows: [TimeWindow]
    /// Entries that the run would leave in the customer's audit trail.
    public var auditReads: Int
    /// What is read by what a ledger knows; nil when no ledger was asked.
    public var estimate: PlanEstimate?
}

/// What checking one source found.
public struct CheckResult: Sendable {
    /// The source.
    public var source: String
    /// The connector's id.
    public var connector: String
    /// Why it cannot be read; nil when it can.
    public var failure: TapedeckError?
    /// What to do about the failure; nil when there is none.
    public var advice: String?
}
