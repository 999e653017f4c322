import RecordingHost
import RecordingKit

@testable import SQLiteStore

/// Random numbers that are the same in every run (SplitMix64), so that a property that fails fails again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension EntryHash {
    /// Three keys for everything, the last and the first of them neighbours.
    static let colliding = EntryHash { bytes, seed in
        [UInt64(bitPattern: .max), 7, 8][Int(EntryHash.standard.hash(bytes, seed) % 3)]
    }
}

extension TemporaryFolder {
    func open(
        _ limits: EntryLimits,
        _ hash: EntryHash = .standard,
        _ name: String = "tapedeck.db"
    ) throws -> SQLiteLedger {
        try SQLiteLedger.open(path: path(name), holder: holder, schema: .current, limits: limits, hash: hash)
    }

    /// A number that a query finds in the file, seen by a connection of its own.
    func integer(_ sql: String, _ name: String = "tapedeck.db") throws -> Int64 {
        try SQLiteConnection(path: path(name), readOnly: true).integer(sql)
    }

    /// Copies a ledger as a kill would leave it.
    func copyLedger(to name: String) throws {
        for suffix in ["", "-wal"] { try write(try bytes("tapedeck.db" + suffix), to: name + suffix) }
    }
}

/// Changes of recordings, by id.
func recordings(_ entries: [(String, KnownRecording)], source: String = "clinic") -> LedgerChanges {
    var changes = LedgerChanges()
    changes.recordings = entries.map { RecordingChange(source: source, id: $0, entry: $1) }
    return changes
}

/// Changes of events of one recording, by id.
func events(_ fingerprints: [(String, UInt64)], of recording: String = "r", source: String = "clinic") -> LedgerChanges
{
    var changes = LedgerChanges()
    changes.events = fingerprints.map {
        EventChange(source: source, key: EventKey(recordingID: recording, eventID: $0), fingerprint: $1)
    }
    return changes
}

/// An entry in which everything is random, also what it leaves out.
func randomEntry(_ random: inout SeededGenerator) -> KnownRecording {
    KnownRecording(
        listing: random.next(),
        content: random.next(),
        context: random.next(),
        summary: Bool.random(using: &random) ? random.next() : nil,
        accessRevision: Bool.random(using: &random) ? "é\u{0}\(random.next() % 100)" : nil,
        eventsThrough: Bool.random(using: &random) ? randomTime(&random) : nil,
        eventsWereRead: Bool.random(using: &random),
        seenInRun: Int64.random(in: .min ... .max, using: &random)
    )
}

/// A time whose digits are all that it has.
func randomTime(_ random: inout SeededGenerator) -> Timestamp {
    let digits = Int.random(in: 0...9, using: &random)
    let step = (0..<(9 - digits)).reduce(1 as Int64) { step, _ in step * 10 }
    return Timestamp(
        secondsSince1970: Int64.random(in: -62_167_219_200...253_402_300_799, using: &random),
        nanoseconds: Int64.random(in: 0...999_999_999, using: &random) / step * step,
        fractionDigits: digits
    )
}
