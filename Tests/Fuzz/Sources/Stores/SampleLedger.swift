import Foundation
import RecordingHost
import RecordingKit

@testable import SQLiteStore

/// A ledger with something in each of its tables, and the folder in which copies of it are damaged.
struct SampleLedger: Sendable {
    static let shared = SampleLedger()

    /// The file's bytes.
    let bytes: [UInt8]
    /// Where the damaged copies lie.
    let path: String
    /// Each column of each table, as `table` and `column`.
    let columns: [(table: String, column: String)]

    static let source = "clinic"
    static let recording = "r1"
    static let event = EventKey(recordingID: "r1", eventID: "e1")
    static let part: UInt64 = 7
    static let time = Timestamp(secondsSince1970: 1_780_000_000)
    static let window = TimeWindow(from: time.advanced(by: .seconds(-86_400)), to: time)
    static let holder = LedgerHolder(processID: 1, since: time, command: "fuzz", host: "fuzz")

    private init() {
        let folder = NSTemporaryDirectory() + "/ledger-\(getpid())"
        path = folder + "/tapedeck.db"
        let path = path
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            Self.remove(path)
            try waiting { try await Self.fill(SQLiteLedger.open(path: path, holder: Self.holder)) }.get()
            // Opening has put the first entries into their tables; these wait.
            try waiting { try await Self.addWaiting(SQLiteLedger.open(path: path, holder: Self.holder)) }.get()
            bytes = Self.content(path)
            columns = try Self.columns(SQLiteConnection(path: path, readOnly: true))
        } catch {
            stop("the sample cannot be made: \(error)")
        }
    }

    /// Puts a damaged copy in place, alone.
    func place(_ bytes: [UInt8]) {
        Self.remove(path)
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let count = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
        guard file >= 0, count == bytes.count, close(file) == 0 else { stop("the copy cannot be written") }
    }

    /// What is in the file now.
    var content: [UInt8] { Self.content(path) }

    private static func content(_ path: String) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY)
        guard file >= 0 else { return [] }
        defer { close(file) }
        let length = max(0, Int(lseek(file, 0, SEEK_END)))
        return unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = max(0, unsafe pread(file, buffer.baseAddress, length, 0))
        }
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal", ".lock"] { unsafe unlink(path + suffix) }
    }

    private static func columns(_ connection: SQLiteConnection) throws -> [(table: String, column: String)] {
        let select = try connection.statement(
            """
            SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, c.cid
            """
        )
        var columns: [(table: String, column: String)] = []
        while try select.step() { columns.append((select.requiredText(0), select.requiredText(1))) }
        return columns
    }
}

// MARK: - Content

extension SampleLedger {
    private static func fill(_ ledger: SQLiteLedger) async throws {
        let run = try await ledger.beginRun(at: time)
        let position = SinkPosition(offsets: ["recordings.jsonl": 10], marks: ["recordings.jsonl": 1])
        try await ledger.setSinkState(
            SinkState(position: position, lacksSince: ["csv:/out": position]),
            of: "jsonl:/out"
        )
        try await ledger.commit(changes(run, position))
        try await ledger.saveTokens(
            StoredTokens(accessToken: Secret("a"), expiresAt: time, refreshToken: Secret("b"), seed: "s"),
            of: source
        )
        let key = MediaTaskKey(source: source, recordingID: recording)
        let journal = MediaJournal(
            spoolName: "1.partial",
            offset: 5,
            sha256: "00",
            length: 9,
            validator: FileValidator(etag: "\"e\"", lastModified: nil)
        )
        try await ledger.setMediaJournal(journal, of: "audio", key)
        var counts = SourceCounts()
        counts.recordings = 1
        counts.written = [.recordings: 2]
        counts.waited = .seconds(3)
        let outcome = SourceOutcome(
            source: source,
            connector: "webex",
            state: .failed,
            counts: counts,
            failures: [ListingFailure(code: "timeout", reason: "Nothing came.")],
            retryAt: time
        )
        let ending = SourceEnding(outcome: outcome, foundAllParts: true, retiresOthers: false, endsPass: false)
        try await ledger.finishRun(run, at: time, endings: [ending])
        _ = try await ledger.beginRun(at: time.advanced(by: .seconds(60)))
        await ledger.close()
    }

    private static func addWaiting(_ ledger: SQLiteLedger) async throws {
        var changes = LedgerChanges()
        changes.recordings = [recording, "r21"].map { id in
            RecordingChange(source: source, id: id, entry: KnownRecording(listing: 4, content: 5, context: 6))
        }
        changes.events = [EventChange(source: source, key: EventKey(recordingID: "r21", eventID: "e2"), fingerprint: 7)]
        try await ledger.commit(changes)
        await ledger.close()
    }

    private static func changes(_ run: Int64, _ position: SinkPosition) -> LedgerChanges {
        var changes = LedgerChanges()
        changes.recordings = (1...20).map { number in
            let entry = KnownRecording(
                listing: .max,
                content: 1,
                context: 2,
                summary: 3,
                accessRevision: "4",
                eventsThrough: time,
                eventsWereRead: true,
                seenInRun: run
            )
            return RecordingChange(source: source, id: "r\(number)", entry: entry)
        }
        changes.events = [event, EventKey(recordingID: "r1", eventID: "e2")].map {
            EventChange(source: source, key: $0, fingerprint: 6)
        }
        changes.passes = [Pass(source: source, firstRun: run, beganAt: time, request: 5)]
        changes.listings = [
            listing(run, failure: nil), listing(run, failure: ListingFailure(code: "timeout", reason: "R.")),
        ]
        changes.openListings = [openListing]
        changes.mediaDemands = [
            MediaDemand(
                key: MediaTaskKey(source: source, recordingID: recording),
                recording: Recording(id: recording),
                revision: 8
            )
        ]
        var medium = Medium(recordingID: recording, rendition: "video", state: .stored)
        medium.path = "clinic/r1/video.mp4"
        medium.bytes = 9
        medium.sha256 = String(repeating: "0", count: 64)
        medium.fetchedAt = time
        changes.mediaProgress = [
            MediaProgress(
                key: MediaTaskKey(source: source, recordingID: recording),
                media: [medium],
                ending: .again(notBefore: time)
            )
        ]
        changes.manifestHeads = ["/media": ManifestHead(number: 1, hash: "00", byteCount: 100)]
        changes.auditReads = [
            AuditRead(source: source, recordingID: recording, endpoint: "show", sentAt: time, requestID: "q", cost: 1)
        ]
        changes.sinkPositions = ["jsonl:/out": position]
        return changes
    }

    private static func listing(_ run: Int64, failure: ListingFailure?) -> ListingOutcome {
        ListingOutcome(
            source: source,
            part: failure == nil ? part : part + 1,
            label: "site",
            window: window,
            covered: window,
            kinds: [.recordings],
            run: run,
            readAt: time,
            firstRunOfPass: run,
            finishedAt: time,
            recordings: 20,
            failure: failure
        )
    }

    private static var openListing: OpenListing {
        OpenListing(
            name: ListingKey(source: source, part: part, window: window),
            listing: Listing(key: "site", label: "site", window: window, parameters: ["a": "b"]),
            place: "{}",
            beganAt: time,
            recordings: 20,
            details: [
                RememberedDetail(
                    recordingID: recording,
                    context: [ContextEntry("c", "d")],
                    parameters: ["e": "f"],
                    revision: "4",
                    since: time
                )
            ]
        )
    }
}
