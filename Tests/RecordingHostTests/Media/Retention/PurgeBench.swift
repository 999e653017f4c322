import RecordingKit
import RecordingTestKit

@testable import RecordingHost

/// A folder with stored files, and the ledger and sink that know of them.
final class PurgeBench {
    let folder: MediaFolder
    let ledger = MemoryLedger()
    let sink = MemorySink()
    static let now = Timestamp(secondsSince1970: 1_790_000_000)

    init() throws { folder = try MediaFolder() }

    /// Stores a file as a run does: one of a recording that began so many days ago.
    func store(_ id: String, source: String = "clinic", daysAgo: Int64?) async throws {
        let date = daysAgo.map { Self.now.advanced(by: .seconds(-$0 * 86_400)) }
        let path = try MediaPath(source: source, recording: id, rendition: "video", date: date, fileExtension: "mp4")
        let spooled = try folder.spool("content of \(id)", name: "\(source)-\(id)")
        try await folder.store.store(spooled, at: path)
        let fetchedAt = Self.now.advanced(by: .seconds(-1 * 86_400))
        let draft = ManifestEntry.Draft(
            action: .stored,
            source: source,
            recordingID: id,
            rendition: "video",
            path: path,
            bytes: spooled.bytes,
            sha256: spooled.sha256,
            contentType: "video/mp4",
            fetchedAt: fetchedAt,
            requestID: nil
        )
        let head = try await folder.append([draft], known: await ledger.manifestHead(in: folder.path))
        var medium = Medium(recordingID: id, rendition: "video", state: .stored)
        medium.path = path.text
        medium.bytes = spooled.bytes
        medium.sha256 = spooled.sha256
        medium.contentType = "video/mp4"
        medium.fetchedAt = fetchedAt
        let key = MediaTaskKey(source: source, recordingID: id)
        var recording = Recording(id: id)
        recording.startedAt = date
        var changes = LedgerChanges()
        changes.mediaDemands = [MediaDemand(key: key, recording: recording, revision: 1)]
        changes.mediaProgress = [MediaProgress(key: key, media: [medium], ending: .settled)]
        changes.manifestHeads[folder.path] = head
        try await ledger.commit(changes)
    }

    func purge(
        days: Int64? = 100,
        holds: LegalHolds = LegalHolds(),
        store: (any MediaStore)? = nil
    ) throws -> MediaPurge {
        MediaPurge(
            policy: try RetentionPolicy(retain: days.map { .seconds($0 * 86_400) }, legalHolds: holds),
            directory: folder.path,
            store: store ?? folder.store,
            tool: "tapedeck/1.2.3",
            clock: ManualClock.automatic(at: Self.now.advanced(by: .nanoseconds(123_456_789)))
        )
    }

    /// What the manifest says was done with a recording's file.
    func actions(_ id: String) throws -> [String] {
        try folder.lines().compactMap { ManifestEntry(line: Array($0.utf8))?.draft }.filter { $0.recordingID == id }
            .map(\.action.rawValue)
    }

    /// What the archive says of each file, as `id state`.
    func records() async -> [String] { await sink.media.map { "\($0.recordingID) \($0.state.rawValue)" } }

    func stored() async -> [String] {
        await ledger.storedMedia(of: nil, after: 0, limit: 1_000).map(\.key.recordingID)
    }

    /// What is wrong with the folder by its manifest.
    func findings() async throws -> [String] {
        let clock = ManualClock.automatic(at: Self.now)
        let verifier = MediaVerifier(store: folder.store, manifestFolder: folder.path, clock: clock)
        return try await verifier.verify().findings.map { "\($0.kind.rawValue) \($0.path)" }
    }
}
