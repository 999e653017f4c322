import Foundation
import RecordingHost
import RecordingKit

@testable import SQLiteStore

extension Fuzzer {
    /// Ledger files: whatever is in the file, opening and reading give values or errors, a refused file is left as it is, and what
    /// a good one holds is still there afterwards.
    ///
    /// The input's first byte says what the rest is: the file itself, damage to the bytes of a good ledger, or other values in its
    /// columns.
    static let ledger = Fuzzer(name: "ledger") { bytes in
        guard let mode = bytes.first else { return }
        let sample = SampleLedger.shared
        var rest = Bytes(Array(bytes.dropFirst()))
        switch mode % 3 {
        case 0: sample.place(rest.all)
        case 1: sample.place(rest.damage(sample.bytes))
        default:
            sample.place(sample.bytes)
            rest.overwrite(sample)
        }
        _ = waiting {
            await demandReadable(sample, isOnlyRead: true)
            await demandReadable(sample, isOnlyRead: false)
        }
    }

    /// Opens the file, reads everything, writes something, and looks whether both are there.
    private static func demandReadable(_ sample: SampleLedger, isOnlyRead: Bool) async {
        let before = sample.content
        let counts = rowCounts(sample.path)
        let path = sample.path
        let opened = Result {
            isOnlyRead
                ? try SQLiteLedger.openForReading(path: path)
                : try SQLiteLedger.open(path: path, holder: SampleLedger.holder)
        }
        let ledger: SQLiteLedger
        switch opened {
        case .success(let opened): ledger = opened
        case .failure(let error):
            demandFailure(error)
            return demand(isSame(sample.content, before), "a file that is refused was changed")
        }
        for error in await ledger.failures(of: readings) { demandFailure(error) }
        if isOnlyRead {
            await ledger.close()
            return demand(isEqual(sample.content[...], before[...]), "a file that is only read was changed")
        }
        let after = rowCounts(sample.path)
        for (table, count) in counts { demand(after[table] ?? count >= count, "rows of \(table) are gone") }
        await demandWriting(ledger, path)
    }

    private static func demandWriting(_ ledger: SQLiteLedger, _ path: String) async {
        let writing = await ledger.failures(of: [
            { ledger in
                var changes = LedgerChanges()
                let entry = KnownRecording(listing: 1, content: 2, context: 3)
                changes.recordings = ["fuzz", SampleLedger.source].map {
                    RecordingChange(source: $0, id: "fuzz", entry: entry)
                }
                try ledger.commit(changes)
            }
        ])
        await ledger.close()
        guard writing.isEmpty else { return writing.forEach(demandFailure) }
        let again: SQLiteLedger
        do {
            again = try SQLiteLedger.open(path: path, holder: SampleLedger.holder)
        } catch {
            return demandFailure(error)
        }
        let reading = await again.failures(of: [
            { ledger in
                for source in ["fuzz", SampleLedger.source] {
                    let known = try ledger.knownRecordings(["fuzz"], of: source)
                    demand(known["fuzz"]?.content == 2, "what was committed is gone")
                }
            }
        ])
        await again.close()
        reading.forEach(demandFailure)
    }

    private static func demandFailure(_ error: any Error) {
        guard let error = error as? TapedeckError else { stop("an error of another type: \(error)") }
        demand([.ledgerFailed, .ledgerBusy].contains(error.code), "an error with code \(error.code): \(error)")
    }

    /// Reads whatever a run and its reports read.
    private static var readings: [@Sendable (isolated SQLiteLedger) throws -> Void] {
        let source = SampleLedger.source
        let recording = SampleLedger.recording
        let kinds: [RecordKind] = [.recordings]
        return [
            { _ = try $0.sourceStatuses() },
            { _ = try $0.recentRuns(of: source, limit: 5) },
            { _ = try $0.lastRunEndedInOrder() },
            { _ = try $0.lastRunTime() },
            { _ = try $0.openPass(of: source) },
            { _ = try $0.parts(of: source) },
            { _ = try $0.partState(SampleLedger.part, of: source) },
            { _ = try $0.coverage(of: source, kinds: kinds, reachableFrom: SampleLedger.window.from) },
            { _ = try $0.sinkStates() },
            { _ = try $0.knownRecordings([recording], of: source) },
            { _ = try $0.knownEvents([SampleLedger.event], of: source) },
            { _ = try $0.tokens(of: source) },
            { _ = try $0.mediaRevisions([recording], of: source) },
            { _ = try $0.mediaTasks(of: source, after: 0, at: .latest, limit: 5) },
            { _ = try $0.storedMedia(of: source, after: 0, limit: 5) },
            { _ = try $0.storedInParts(readBy: 1, of: source) },
            { _ = try $0.manifestHead(in: "/media") },
            { _ = try $0.mediaStanding(of: source) },
            { _ = try $0.auditReads(of: [recording], in: source) },
        ]
    }

    /// How many rows tables hold, as far as they can be counted.
    private static func rowCounts(_ path: String) -> [String: Int64] {
        guard let connection = try? SQLiteConnection(path: path, readOnly: true) else { return [:] }
        var counts: [String: Int64] = [:]
        for table in ["sources", "recordings", "events", "tokens", "runs", "audit_reads"] {
            counts[table] = try? connection.integer("SELECT count(*) FROM \(table)")
        }
        return counts
    }

    /// Whether a file is the same but for what SQLite notes in its header about its journal.
    private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.prefix(18) == right.prefix(18) && isEqual(left.dropFirst(100), right.dropFirst(100))
    }

    /// Whether bytes are the same; each one that Swift compares is noted for libFuzzer, which takes longer than all else here.
    private static func isEqual(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return unsafe memcmp(first, second, left.count) == 0
            }
        }
    }
}

extension SQLiteLedger {
    /// Does all of `bodies` in one turn and returns what they throw: a change of threads for each would take most of the time.
    fileprivate func failures(of bodies: [@Sendable (isolated SQLiteLedger) throws -> Void]) -> [any Error] {
        bodies.compactMap { body in
            do {
                try body(self)
                return nil
            } catch {
                return error
            }
        }
    }
}
