import RecordingKit

/// What a database is to people, and how its failures are told.
struct StoreRole: Sendable {
    /// What it is called in the middle of a sentence, before the file's name.
    let noun: String
    /// What another database is not: `a Tapedeck …`.
    let kind: String
    /// The code of a failure.
    let failed: TapedeckError.Code
    /// The code that says that somebody else holds it.
    let busy: TapedeckError.Code
    /// What to do about a damaged file.
    let remedyForDamage: String
    /// What to do about a file that holds something else, perhaps because its beginning was destroyed.
    let remedyForStranger: String

    /// The host's memory between runs.
    static let ledger = StoreRole(
        noun: "the ledger",
        kind: "a Tapedeck ledger",
        failed: .ledgerFailed,
        busy: .ledgerBusy,
        remedyForDamage:
            "run `tapedeck repair`, which makes it anew from the sinks' files",
        remedyForStranger:
            "if it was the ledger, run `tapedeck repair`, which makes it anew from the sinks' files; else choose another path"
    )

    /// A database of records.
    static let records = StoreRole(
        noun: "the database",
        kind: "a Tapedeck database of records",
        failed: .sinkFailed,
        busy: .sinkFailed,
        remedyForDamage: "put a backup in its place that is not older than the ledger, or move it away and run "
            + "`tapedeck repair`",
        remedyForStranger: "choose another path"
    )

    /// A refusal in words.
    func refusal(_ reason: String) -> TapedeckError { TapedeckError(failed, reason) }
}
