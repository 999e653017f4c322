import Foundation
import RecordingKit
import RecordingTestKit
import Synchronization
import Testing

@testable import RecordingHost

@Suite("Comparing media files with the manifest")
struct MediaVerifierTests {
    let folder: MediaFolder
    let clock = ManualClock.automatic(at: writingTime)

    init() throws { folder = try MediaFolder() }

    private var verifier: MediaVerifier {
        MediaVerifier(store: folder.store, manifestFolder: folder.path, clock: clock)
    }

    /// Stores files and writes their entries.
    @discardableResult
    private func store(_ ids: [String], known: ManifestHead? = nil) async throws -> ManifestHead {
        for id in ids { try await folder.store.store(try folder.spool("content \(id)"), at: try place(id)) }
        return try await folder.append(ids.map { try draft($0, content: "content \($0)") }, known: known)
    }

    private func file(_ id: String) -> String { "clinic/2026/03/\(id)/video.mp4" }

    private func findings(_ verification: MediaVerification) -> [String] {
        verification.findings.map { "\($0.kind.rawValue) \($0.path)" }
    }

    @Test("finds nothing wrong where nothing was touched")
    func whole() async throws {
        let head = try await store(["1", "2", "3"])
        let result = try await verifier.verify()
        #expect(result.isWhole)
        #expect(result.head == head.anchor)
        #expect(result.filesExpected == 3 && result.filesIntact == 3)
        #expect(result.bytesRead == 27)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("finds nothing wrong in an empty folder, and an error where there is none")
    func empty() async throws {
        #expect(try await verifier.verify().isWhole)
        let nowhere = MediaVerifier(
            store: FolderMediaStore(root: folder.path("a")),
            manifestFolder: folder.path("a"),
            clock: clock
        )
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { _ = try await nowhere.verify() }
    }

    @Test(
        "names what is missing, changed in size, changed in content, replaced by a link, and extra",
        arguments: [1, 2, 7]
    )
    func damage(concurrency: Int) async throws {
        try await store((1...9).map { "\($0)" })
        try folder.remove(file("2"))
        try folder.write("content 3 and more", to: file("3"))
        try folder.write("kontent 4", to: file("4"))
        try folder.remove(file("5"))
        try folder.link(file("5"), to: folder.path(file("6")))
        try folder.write("x", to: "clinic/A note.txt")
        try folder.link("clinic/shortcut", to: "/etc")
        var verifier = verifier
        verifier.concurrency = concurrency
        let result = try await verifier.verify()
        #expect(
            findings(result) == [
                "missing \(file("2"))", "changed \(file("3"))", "changed \(file("4"))", "unreadable \(file("5"))",
                "extra clinic/A note.txt", "extra clinic/shortcut",
            ]
        )
        #expect(result.findings[1].detail == "it has 18 bytes; it had 9")
        #expect(result.findings[2].detail?.hasPrefix("its SHA-256 is ") == true)
        #expect(result.counts == [.missing: 1, .changed: 2, .unreadable: 1, .extra: 2])
        #expect(!result.isWhole && result.hasWholeChain)
        #expect(result.filesExpected == 9 && result.filesIntact == 5)
    }

    @Test("expects a purged file to be gone and a quarantined one to be out of reach")
    func purgedAndQuarantined() async throws {
        let head = try await store(["1", "2", "3", "4"])
        let moved = ManifestEntry.Action.quarantined
        try await folder.append(
            [
                draft("1", .purged, content: "content 1", reason: "age"),
                draft("2", .purged, content: "content 2", reason: "age"),
                draft("3", moved, content: "content 3", reason: "no video"),
                draft("4", moved, content: "content 4", reason: "no video"),
            ],
            known: head
        )
        try await folder.store.remove(try place("1"))
        try await folder.store.quarantine(try place("3"))
        let result = try await verifier.verify()
        #expect(
            findings(result) == [
                "missing __quarantine/\(file("4"))", "remaining \(file("2"))", "remaining \(file("4"))",
            ]
        )
        #expect(result.filesExpected == 2 && result.filesIntact == 1)
    }

    @Test("reads a file out of reach too, and lets it be purged by either of its names", arguments: [false, true])
    func quarantinedContent(namesQuarantine: Bool) async throws {
        let head = try await store(["1"])
        let next = try await folder.append([draft("1", .quarantined, content: "content 1", reason: "x")], known: head)
        try await folder.store.quarantine(try place("1"))
        #expect(try await verifier.verify().isWhole)
        try folder.write("kontent 1", to: "__quarantine/" + file("1"))
        #expect(findings(try await verifier.verify()) == ["changed __quarantine/\(file("1"))"])
        var purge = try draft("1", .purged, content: "content 1", reason: "age")
        if namesQuarantine { purge.path = purge.path.quarantined }
        try await folder.append([purge], known: next)
        #expect(findings(try await verifier.verify()) == ["remaining __quarantine/\(file("1"))"])
        try await folder.store.remove(try place("1").quarantined)
        #expect(try await verifier.verify().isWhole)
    }

    @Test("goes by the last entry of a place, and leaves the file to words that it does not know")
    func lastEntry() async throws {
        let head = try await store(["1"])
        try await folder.append(
            [
                draft("1", .purged, content: "content 1", reason: "age"), draft("1", content: "longer content"),
                draft("1", .withdrawnKept, content: "content 1", reason: "deleted on the platform"),
                draft("1", ManifestEntry.Action(rawValue: "admired"), content: "content 1", reason: "why not"),
            ],
            known: head
        )
        try folder.write("longer content", to: file("1"))
        let last = Mutex(MediaVerificationProgress())
        let result = try await verifier.verify { progress in last.withLock { $0 = progress } }
        #expect(result.isWhole)
        #expect(result.filesExpected == 1)
        #expect(last.withLock { $0.bytesTotal } == 14)
        #expect(last.withLock { $0.bytesDone } == 14)
    }

    @Test("says at which lines the chain is broken", arguments: [false, true])
    func brokenChain(isWithoutFiles: Bool) async throws {
        try await store(["1", "2", "3", "4", "5"])
        let lines = try folder.lines()
        let edited = lines[1].replacing("2026-05", with: "2026-04")
        let cases: [([String], [Int64?])] = [
            ([lines[0], edited, lines[2], lines[3], lines[4]], [3]),
            ([lines[0], lines[2], lines[1], lines[3], lines[4]], [2, 3, 4]),
            ([lines[0], lines[2], lines[3], lines[4]], [2]),
            ([lines[0], "no json", lines[2], lines[3], lines[4]], [2, 3]),
            ([lines[0], String(repeating: "x", count: 300_000), lines[2], lines[3], lines[4]], [2, 3]),
            ([lines[0], lines[0], lines[1], lines[2], lines[3], lines[4]], [2]),
            ([lines[1], lines[2], lines[3], lines[4]], [1]),
        ]
        for (lines, broken) in cases {
            try folder.write(lines: lines)
            let verifier = verifier
            let result = isWithoutFiles ? try await verifier.followManifest() : try await verifier.verify()
            #expect(result.problems.map(\.line) == broken)
            #expect(!result.hasWholeChain && !result.isWhole)
        }
    }

    @Test("says that the last line is cut off, after waiting for its end")
    func tornTail() async throws {
        try await store(["1", "2"])
        let whole = try folder.text("manifest.jsonl")
        try folder.write(String(whole.dropLast(5)), to: "manifest.jsonl")
        let result = try await verifier.verify()
        #expect(result.problems == [ManifestProblem(line: 2, reason: "it is cut off before its end")])
        #expect(result.head.number == 1)
        #expect(findings(result) == ["extra \(file("2"))"])
        #expect(clock.sleeps.first == .seconds(2))
    }

    @Test("knows by a line that was kept elsewhere that the end was cut off, or everything written anew")
    func expectedHead() async throws {
        let first = try await store(["1"])
        let second = try await store(["2", "3"], known: first)
        #expect(try await verifier.verify(expecting: first.anchor).isWhole)
        #expect(try await verifier.verify(expecting: second.anchor).isWhole)
        #expect(try await verifier.verify(expecting: .beginning).isWhole)
        let lines = try folder.lines()
        try folder.write(lines: Array(lines.prefix(2)))
        try folder.remove("clinic/2026/03/3")
        #expect(try await verifier.verify().isWhole)
        #expect(try await verifier.followManifest(expecting: first.anchor).isWhole)
        let cut = try await verifier.followManifest(expecting: second.anchor)
        #expect(cut.problems.count == 1)
        #expect(cut.problems.first?.line == nil)
        try folder.remove("manifest.jsonl")
        try await folder.append([draft("1", content: "content 1"), draft("2", content: "content 2")])
        var other = try draft("9", content: "content 3")
        other.requestID = "r"
        try await folder.append([other], known: try await folder.manifest().head)
        #expect(try await !verifier.followManifest(expecting: second.anchor).isWhole)
    }

    @Test("names an end of the chain in a text, and takes nothing else for one")
    func anchorText() throws {
        let hash = String(repeating: "a", count: 64)
        #expect(ManifestAnchor("12:\(hash)")?.description == "12:\(hash)")
        #expect(ManifestAnchor(ManifestAnchor.beginning.description) == .beginning)
        for text in [
            "", "12", "12:", ":\(hash)", "-1:\(hash)", "+1:\(hash)", "1:\(hash)0", "1:\(hash.uppercased())",
            "0:\(hash)",
        ] {
            #expect(ManifestAnchor(text) == nil)
        }
    }

    @Test("counts what it does not keep")
    func manyFindings() async throws {
        try await store((1...30).map { "\($0)" })
        for id in 1...20 { try folder.remove(file("\(id)")) }
        for id in 1...5 { try folder.write("x", to: "clinic/extra\(id)") }
        var verifier = verifier
        verifier.findingLimit = 3
        let result = try await verifier.verify()
        #expect(result.findings.count == 3)
        #expect(result.counts == [.missing: 20, .extra: 5])
    }

    @Test("can be stopped")
    func cancellation() async throws {
        try await store(["1", "2"])
        let verifier = verifier
        let result = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                do {
                    _ = try await verifier.verify()
                    return false
                } catch { return error is CancellationError }
            }
            return await group.next() ?? false
        }
        #expect(result)
    }
}
