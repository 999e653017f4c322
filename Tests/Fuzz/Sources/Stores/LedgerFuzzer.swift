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
        demandReadable(sample, isOnlyRead: true)
        demandReadable(sample, isOnlyRead: false)
    }

    /// Opens the file, reads everything, writes something, and looks whether both are there.
    private static func demandReadable(_ sample: SampleLedger, isOnlyRead: Bool) {
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
        for result in readings(ledger) { if case .failure(let error) = result { demandFailure(error) } }
        if isOnlyRead {
            _ = waiting { await ledger.close() }
            return demand(sample.content == before, "a file that is only read was changed")
        }
        let after = rowCounts(sample.path)
        for (table, count) in counts { demand(after[table] ?? count >= count, "rows of \(table) are gone") }
        demandWriting(ledger, path)
    }

    private static func demandWriting(_ ledger: SQLiteLedger, _ path: String) {
        let entry = KnownRecording(listing: 1, content: 2, context: 3)
        let written = waiting {
            var changes = LedgerChanges()
            changes.recordings = [RecordingChange(source: "fuzz", id: "fuzz", entry: entry)]
            try await ledger.commit(changes)
        }
        _ = waiting { await ledger.close() }
        switch written {
        case .failure(let error): demandFailure(error)
        case .success:
            let known = waiting {
                let ledger = try SQLiteLedger.open(path: path, holder: SampleLedger.holder)
                let known = try await ledger.knownRecordings(["fuzz"], of: "fuzz")
                await ledger.close()
                return known["fuzz"]?.content
            }
            switch known {
            case .success(let content): demand(content == 2, "what was committed is gone")
            case .failure(let error): demandFailure(error)
            }
        }
    }

    private static func demandFailure(_ error: any Error) {
        guard let error = error as? TapedeckError else { stop("an error of another type: \(error)") }
        demand([.ledgerFailed, .ledgerBusy].contains(error.code), "an error with code \(error.code): \(error)")
    }

    /// Reads whatever a run and its reports read.
    private static func readings(_ ledger: SQLiteLedger) -> [Result<Void, any Error>] {
        let source = SampleLedger.source
        let recording = SampleLedger.recording
        let kinds: [RecordKind] = [.recordings]
        let bodies: [@Sendable () async throws -> Void] = [
            { _ = try await ledger.sourceStatuses() },
            { _ = try await ledger.recentRuns(of: source, limit: 5) },
            { _ = try await ledger.lastRunEndedInOrder() },
            { _ = try await ledger.lastRunTime() },
            { _ = try await ledger.openPass(of: source) },
            { _ = try await ledger.parts(of: source) },
            { _ = try await ledger.partState(SampleLedger.part, of: source) },
            { _ = try await ledger.coverage(of: source, kinds: kinds, reachableFrom: SampleLedger.window.from) },
            { _ = try await ledger.sinkStates() },
            { _ = try await ledger.knownRecordings([recording], of: source) },
            { _ = try await ledger.knownEvents([SampleLedger.event], of: source) },
            { _ = try await ledger.tokens(of: source) },
            { _ = try await ledger.mediaRevisions([recording], of: source) },
            { _ = try await ledger.mediaTasks(of: source, after: 0, at: .latest, limit: 5) },
            { _ = try await ledger.storedMedia(of: source, after: 0, limit: 5) },
            { _ = try await ledger.storedInParts(readBy: 1, of: source) },
            { _ = try await ledger.manifestHead(in: "/media") },
            { _ = try await ledger.mediaStanding(of: source) },
            { _ = try await ledger.auditReads(of: [recording], in: source) },
        ]
        return bodies.map(waiting)
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
        left.count == right.count && left.prefix(18) == right.prefix(18) && left.dropFirst(100) == right.dropFirst(100)
    }
}
