import Foundation
import RecordingKit
import Testing

@testable import RecordingHost

@Suite("The manifest of media files")
struct ManifestTests {
    let folder: MediaFolder

    init() throws { folder = try MediaFolder() }

    @Test("has one line for each entry, its members in a fixed order, chained by hash")
    func layout() async throws {
        let head = try await folder.append([
            draft("7"), draft("8", .purged, reason: "older than the policy allows"),
        ])
        let lines = try folder.lines()
        let zeros = String(repeating: "0", count: 64)
        let hash = try MediaDigest.text(of: Array("content".utf8))
        #expect(
            lines[0]
                == #"{"n":1,"previous":"\#(zeros)","action":"stored","source":"clinic","recording_id":"7","rendition":"video","#
                + #""path":"clinic/2026/03/7/video.mp4","bytes":7,"sha256":"\#(hash)","content_type":"video/mp4","#
                + #""fetched_at":"2026-05-28T20:26:40Z","request_id":null,"tool":"tapedeck/1.2.3","reason":null,"#
                + #""at":"2026-09-21T14:13:20Z"}"#
        )
        #expect(lines[1].hasPrefix(#"{"n":2,"previous":"\#(try MediaDigest.text(of: Array(lines[0].utf8)))","#))
        #expect(lines[1].contains(#""reason":"older than the policy allows""#))
        #expect(head.number == 2)
        #expect(try head.hash == MediaDigest.text(of: Array(lines[1].utf8)))
        #expect(try head.byteCount == Int64(folder.bytes("manifest.jsonl").count))
        #expect(try folder.permissions("manifest.jsonl") == 0o600)
    }

    @Test("goes on where the ledger left it")
    func continuing() async throws {
        let first = try await folder.append([draft("7")])
        let manifest = try await folder.manifest(first)
        #expect(try await manifest.nextUncommitted() == nil)
        let second = try await manifest.append([draft("8")], at: writingTime)
        #expect(second.number == 2)
        #expect(try folder.lines()[1].contains(first.hash))
    }

    @Test("hands over what stands behind the head that the ledger knows, in parts")
    func adopting() async throws {
        let known = try await folder.append([draft("1")])
        let last = try await folder.append((2...6).map { try draft("\($0)") }, known: known)
        let manifest = try await folder.manifest(known)
        let first = try #require(try await manifest.nextUncommitted(limit: 3))
        #expect(first.entries.map(\.draft.recordingID) == ["2", "3", "4"])
        #expect(first.entries.first?.draft == (try draft("2")))
        #expect(first.head.number == 4)
        let second = try #require(try await manifest.nextUncommitted(limit: 3))
        #expect(second.entries.map(\.number) == [5, 6])
        #expect(second.head == last)
        #expect(try await manifest.nextUncommitted() == nil)
        #expect(await manifest.head == last)
    }

    @Test("hands over every line when the ledger knows of none")
    func adoptingAll() async throws {
        try await folder.append([draft("1"), draft("2")])
        let manifest = try await folder.manifest()
        #expect(try await manifest.nextUncommitted()?.entries.count == 2)
    }

    @Test("cuts off a line that a killed run left without its end, wherever that was", arguments: [1, 7, 100, 390])
    func tornTail(length: Int) async throws {
        let known = try await folder.append([draft("1")])
        let adopted = try await folder.append([draft("2")], known: known)
        let whole = try folder.text("manifest.jsonl")
        try folder.write(whole + String(try folder.lines()[0].prefix(length)), to: "manifest.jsonl")
        let manifest = try await folder.manifest(known)
        #expect(await manifest.head == adopted)
        #expect(try folder.text("manifest.jsonl") == whole)
        #expect(try await manifest.nextUncommitted()?.entries.map(\.number) == [2])
        _ = try await manifest.append([draft("3")], at: writingTime)
        #expect(try folder.lines().count == 3)
    }

    @Test("cuts off a first line that was not ended")
    func tornFirstLine() async throws {
        try folder.write(#"{"n":1,"previous":"00"#, to: "manifest.jsonl")
        #expect(try await folder.manifest().head == .empty)
        #expect(try folder.bytes("manifest.jsonl").isEmpty)
    }

    @Test("cuts at any byte of an unfinished append, as a kill leaves it, and keeps what was whole")
    func everyCut() async throws {
        let known = try await folder.append([draft("1")])
        try await folder.append([draft("2"), draft("3")], known: known)
        let whole = try folder.bytes("manifest.jsonl")
        let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        for length in Int(known.byteCount)...whole.count {
            try Data(whole.prefix(length)).write(to: URL(fileURLWithPath: folder.manifestPath))
            let head = try await folder.manifest(known).head
            #expect(Int(head.byteCount) == ends.last { $0 <= length })
        }
    }

    @Test("is refused when it is shorter than the ledger knows, and left as it is")
    func shorter() async throws {
        let known = try await folder.append([draft("1"), draft("2")])
        try folder.write(lines: [try folder.lines()[0]])
        try await expectRefusal(known, naming: "shorter")
    }

    @Test("is refused when it is gone")
    func gone() async throws {
        let known = try await folder.append([draft("1")])
        try folder.remove("manifest.jsonl")
        try await expectRefusal(known, naming: "gone")
        #expect(!folder.exists("manifest.jsonl"))
    }

    @Test("begins anew when it was moved aside on purpose")
    func movedAside() async throws {
        let known = try await folder.append([draft("1")])
        try FileManager.default.moveItem(atPath: folder.manifestPath, toPath: folder.path("manifest.jsonl.2026"))
        let manifest = try await folder.manifest(known)
        #expect(await manifest.head == .empty)
        #expect(try await manifest.append([draft("2")], at: writingTime).number == 1)
        #expect(try folder.text("manifest.jsonl.2026").contains(#""recording_id":"1""#))
    }

    @Test("is refused when the line that the ledger knows has another hash")
    func changedKnownLine() async throws {
        let known = try await folder.append([draft("1"), draft("2")])
        let lines = try folder.lines()
        try folder.write(lines: [lines[0], lines[1].replacing(#""bytes":7"#, with: #""bytes":8"#)])
        try await expectRefusal(known, naming: "entry 2")
    }

    @Test("is refused when what follows the known line does not continue it")
    func brokenTail() async throws {
        let known = try await folder.append([draft("1")])
        try await folder.append([draft("2"), draft("3")], known: known)
        let lines = try folder.lines()
        try folder.write(lines: [lines[0], lines[2], lines[1]])
        try await expectRefusal(known, naming: "entry 2")
    }

    @Test("is refused when a symbolic link or a folder is in its place")
    func link() async throws {
        let other = try MediaFolder()
        try await other.append([draft("1")])
        try folder.link("manifest.jsonl", to: other.manifestPath)
        try await expectRefusal(nil, naming: "symbolic link")
        try folder.remove("manifest.jsonl")
        try folder.write("", to: "manifest.jsonl/x")
        try await expectRefusal(nil, naming: "cannot be used")
    }

    @Test("has one writer")
    func busy() async throws {
        let first = try await folder.manifest()
        await #expect(throws: TapedeckError(.ledgerBusy, "")) { _ = try await folder.manifest() }
        _ = try await first.append([draft("1")], at: writingTime)
    }

    @Test("is not added to when another program has changed it meanwhile", arguments: ["", "{}\n"])
    func changedMeanwhile(content: String) async throws {
        let manifest = try await folder.manifest()
        _ = try await manifest.append([draft("1")], at: writingTime)
        let whole = try folder.text("manifest.jsonl")
        let handle = try #require(FileHandle(forWritingAtPath: folder.manifestPath))
        if content.isEmpty {
            try handle.truncate(atOffset: 10)
        } else {
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(content.utf8))
        }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            _ = try await manifest.append([draft("2")], at: writingTime)
        }
        #expect(try folder.text("manifest.jsonl") == (content.isEmpty ? String(whole.prefix(10)) : whole + content))
    }

    @Test("does not take an entry that it could not read again")
    func unwritable() async throws {
        let manifest = try await folder.manifest()
        var long = try draft("1")
        long.reason = String(repeating: "x", count: 70_000)
        var unhashed = try draft("1")
        unhashed.sha256 = "abc"
        for draft in [long, unhashed] {
            await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
                _ = try await manifest.append([try RecordingHostTests.draft("0"), draft], at: writingTime)
            }
        }
        #expect(try folder.bytes("manifest.jsonl").isEmpty)
        #expect(await manifest.head == .empty)
    }

    private func expectRefusal(_ known: ManifestHead?, naming text: String) async throws {
        let before = try? folder.bytes("manifest.jsonl")
        let folder = folder
        let error = await #expect(throws: TapedeckError.self) { _ = try await folder.manifest(known) }
        #expect(error?.code == .mediaStoreFailed)
        #expect(error?.reason.contains(folder.manifestPath) == true)
        #expect(error?.reason.contains(text) == true, "\(error?.reason ?? "")")
        #expect((try? folder.bytes("manifest.jsonl")) == before)
    }
}
