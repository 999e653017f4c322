import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("Comparing media files while a run changes them")
struct VerifyingBesideARunTests {
    let folder: MediaFolder

    init() throws { folder = try MediaFolder() }

    /// A store in which something happens at a certain moment.
    private struct BusyStore: MediaStore {
        enum Moment { case beforeListing, afterListing, beforeReading }

        let base: FolderMediaStore
        let moment: Moment
        let happening: @Sendable () async throws -> Void

        var keepsSpooledFilesInPlace: Bool { true }
        func store(_ file: SpooledMedia, at path: MediaPath) async throws { try await base.store(file, at: path) }
        func size(of path: MediaPath) async throws -> Int64? { try await base.size(of: path) }
        func quarantine(_ path: MediaPath) async throws { try await base.quarantine(path) }
        func remove(_ path: MediaPath) async throws { try await base.remove(path) }

        func read(_ path: MediaPath, _ body: (Span<UInt8>) throws -> Void) async throws {
            if moment == .beforeReading { try await happening() }
            try await base.read(path, body)
        }

        func list(_ body: ([String]) async throws -> Void) async throws {
            if moment == .beforeListing { try await happening() }
            try await base.list(body)
            if moment == .afterListing { try await happening() }
        }
    }

    /// A clock whose sleeps are when something happens.
    private struct EventfulClock: HostClock {
        let happening: @Sendable () async throws -> Void
        var now: Timestamp { writingTime }
        var uptime: Duration { .zero }
        func sleep(until deadline: Duration) async throws { try await happening() }
    }

    private func verify(
        _ moment: BusyStore.Moment,
        _ happening: @escaping @Sendable () async throws -> Void,
        whileSleeping: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> [String] {
        let verifier = MediaVerifier(
            store: BusyStore(base: folder.store, moment: moment, happening: happening),
            manifestFolder: folder.path,
            clock: EventfulClock(happening: whileSleeping)
        )
        return try await verifier.verify().findings.map { "\($0.kind.rawValue) \($0.path)" }
    }

    @Test("does not find fault with a file that came, with its entry, after the manifest was read")
    func added() async throws {
        let folder = folder
        let found = try await verify(.beforeListing) {
            try await folder.store.store(try folder.spool("content"), at: try place("1"))
            try await folder.append([draft("1")])
        }
        #expect(found.isEmpty)
    }

    @Test("waits for the entry of a file that has just come")
    func addedLate() async throws {
        let folder = folder
        let store: @Sendable () async throws -> Void = {
            try await folder.store.store(try folder.spool("content"), at: try place("1"))
        }
        let append: @Sendable () async throws -> Void = { try await folder.append([draft("1")]) }
        let found = try await verify(.beforeListing, store, whileSleeping: append)
        #expect(found.isEmpty)
        let unexplained = try await verify(.beforeListing) {
            try await folder.store.store(try folder.spool("content"), at: try place("2"))
        }
        #expect(unexplained == ["extra clinic/2026/03/2/video.mp4"])
    }

    @Test("does not find fault with a file that is purged meanwhile")
    func purged() async throws {
        let folder = folder
        try await folder.store.store(try folder.spool("content"), at: try place("1"))
        let head = try await folder.append([draft("1")])
        let found = try await verify(.afterListing) {
            try await folder.append([draft("1", .purged, reason: "age")], known: head)
            try await folder.store.remove(try place("1"))
        }
        #expect(found.isEmpty)
    }

    @Test("waits until a purged file is gone that has its entry already")
    func purgedLate() async throws {
        let folder = folder
        try await folder.store.store(try folder.spool("content"), at: try place("1"))
        let head = try await folder.append([draft("1")])
        try await folder.append([draft("1", .purged, reason: "age")], known: head)
        let remove: @Sendable () async throws -> Void = { try await folder.store.remove(try place("1")) }
        let found = try await verify(.afterListing, {}, whileSleeping: remove)
        #expect(found.isEmpty)
    }

    @Test("does not find fault with a file that is put out of reach meanwhile")
    func quarantined() async throws {
        let folder = folder
        try await folder.store.store(try folder.spool("content"), at: try place("1"))
        let head = try await folder.append([draft("1")])
        let found = try await verify(.beforeListing) {
            try await folder.store.quarantine(try place("1"))
            try await folder.append([draft("1", .quarantined, reason: "no video")], known: head)
        }
        #expect(found.isEmpty)
    }

    @Test("still finds a file that is missing while others come")
    func stillMissing() async throws {
        let folder = folder
        let head = try await folder.append([draft("1")])
        let found = try await verify(.beforeListing) {
            try await folder.store.store(try folder.spool("content"), at: try place("2"))
            try await folder.append([draft("2")], known: head)
        }
        #expect(found == ["missing clinic/2026/03/1/video.mp4"])
    }
}
