public import RecordingKit

/// The place of a ledger, held by a repair alone: what lies there is looked at, and a new ledger is built beside it.
///
/// The methods are called one after another: ``examine()``, then ``begin()`` and ``take(_:)`` as often as there are
/// records, then ``comparison()``, and at the end ``replace(with:suffix:)`` or nothing; always ``close()``. Until
/// ``replace(with:suffix:)`` nothing of the old ledger is changed. Every method throws `TapedeckError` with code `ledger_failed`.
public protocol RepairableLedger: Sendable {
    /// What lies there.
    ///
    /// A repair that was killed while it put a new ledger in its place is brought to its end first.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed` when it was written by a newer program or is no ledger at all.
    func examine() async throws -> LedgerCondition

    /// How far each sink has come by the old ledger; empty when that cannot be read.
    func oldSinkStates() async throws -> [String: SinkState]

    /// Begins a new ledger, in place of what was begun before, with what cannot be read back from files: tokens, audit reads, runs.
    ///
    /// - Returns: what could not be carried over, as sentences.
    func begin() async throws -> [String]

    /// Takes records into the new ledger, later ones in the place of earlier ones.
    ///
    /// - Returns: for each whether it repeats what was known of it already, word for word.
    func take(_ records: [ExaminedRecord]) async throws -> [Bool]

    /// How what the new ledger knows differs from what the old one knew; nothing when the old one cannot be asked.
    func comparison() async throws -> LedgerComparison

    /// What the old ledger claims of a time later than `now`, as sentences; empty when it is sound in that.
    func futureClaims(at now: Timestamp) async throws -> [String]

    /// Makes the new ledger durable and puts it in the place of the old one, which is kept under another name.
    ///
    /// - Parameters:
    ///   - plan: what the new ledger gets beside the records.
    ///   - suffix: how the names of the old ledger's files end from now on.
    /// - Returns: the new names of the old files, without their folder.
    func replace(with plan: LedgerReplacement, suffix: String) async throws -> [String]

    /// Gives the place free, and drops what was begun.
    func close() async
}

/// What lies in the place of a ledger.
public enum LedgerCondition: Sendable, Hashable {
    /// A ledger that can be read from end to end.
    case sound
    /// Nothing.
    case missing
    /// A ledger that cannot be read from end to end, and why.
    case damaged(String)
}

/// How two ledgers differ in the records that they know.
public struct LedgerComparison: Sendable, Hashable {
    /// Records that the old ledger knew and that stand in no file, by source.
    public var lost: [String: Int] = [:]
    /// Some of them.
    public var examplesOfLost: [String] = []
    /// Records of which the files say something else than the old ledger knew, by source.
    public var different: [String: Int] = [:]
    /// Some of them.
    public var examplesOfDifferent: [String] = []
    /// Records that stand in files and that the old ledger did not know, by source.
    public var unknown: [String: Int] = [:]

    /// How many examples there are at most.
    public static let maximumExamples = 20

    /// No difference.
    public init() {}

    /// Whether both know the same.
    public var isEmpty: Bool { lost.isEmpty && different.isEmpty && unknown.isEmpty }
}

/// What a new ledger gets beside the records.
public struct LedgerReplacement: Sendable, Hashable {
    /// How far each sink has come.
    public var sinks: [String: SinkState]
    /// Whether the old ledger's coverage, passes and what it knew of access events hold on.
    public var keepsCoverage: Bool
    /// Sources whose coverage is dropped all the same, because records of theirs are lost or changed.
    public var forgottenSources: Set<String>
    /// The time after which nothing is believed; nil when everything is.
    public var forgetsFrom: Timestamp?

    /// Describes a replacement.
    public init(
        sinks: [String: SinkState],
        keepsCoverage: Bool,
        forgottenSources: Set<String>,
        forgetsFrom: Timestamp?
    ) {
        self.sinks = sinks
        self.keepsCoverage = keepsCoverage
        self.forgottenSources = forgottenSources
        self.forgetsFrom = forgetsFrom
    }
}
