import Foundation
import RecordingKit
import Testing

@testable import RecordingHost

@Suite("A folder of media files")
struct FolderMediaStoreTests {
    let folder: MediaFolder

    init() throws { folder = try MediaFolder() }

    private func read(_ path: MediaPath) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await folder.store.read(path) { part in
            for index in part.indices { bytes.append(part[index]) }
        }
        return bytes
    }

    @Test("takes a spooled file by renaming it, readable by its owner alone")
    func storing() async throws {
        let media = try folder.spool("content")
        try await folder.store.store(media, at: try place("7"))
        #expect(try folder.text("clinic/2026/03/7/video.mp4") == "content")
        #expect(try folder.permissions("clinic/2026/03/7/video.mp4") == 0o600)
        #expect(try folder.permissions("clinic/2026/03/7") == 0o700)
        #expect(!folder.exists(".spool/download"))
        #expect(try await folder.store.size(of: try place("7")) == 7)
        #expect(try await read(try place("7")) == Array("content".utf8))
        #expect(folder.store.keepsSpooledFilesInPlace)
    }

    @Test("makes its root, for its owner alone, when the first file comes")
    func makingTheRoot() async throws {
        let store = FolderMediaStore(root: folder.path("a/b"))
        try folder.write("x", to: "a/b/.spool/x")
        let media = SpooledMedia(
            file: folder.path("a/b/.spool/x"),
            bytes: 1,
            sha256: try MediaDigest.text(of: [0x78]),
            contentType: nil
        )
        try await store.store(media, at: try place("1"))
        #expect(try folder.text("a/b/clinic/2026/03/1/video.mp4") == "x")
    }

    @Test("takes the same file twice, whether or not the spooled one is there still")
    func storingTwice() async throws {
        let media = try folder.spool("content")
        try await folder.store.store(media, at: try place("7"))
        try await folder.store.store(media, at: try place("7"))
        try await folder.store.store(try folder.spool("content"), at: try place("7"))
        #expect(!folder.exists(".spool/download"))
        #expect(try folder.text("clinic/2026/03/7/video.mp4") == "content")
    }

    @Test("never overwrites another file, not even one of the same size", arguments: ["other", "CONTENT"])
    func neverOverwriting(existing: String) async throws {
        try folder.write(existing, to: "clinic/2026/03/7/video.mp4")
        let media = try folder.spool("content")
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await folder.store.store(media, at: try place("7"))
        }
        #expect(try folder.text("clinic/2026/03/7/video.mp4") == existing)
        #expect(folder.exists(".spool/download"))
    }

    @Test("refuses a spooled file that is not as long as was said")
    func wrongSize() async throws {
        let media = try folder.spool("content")
        try folder.write("conten", to: ".spool/download")
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await folder.store.store(media, at: try place("7"))
        }
        #expect(!folder.exists("clinic"))
    }

    @Test("refuses a spooled file that lies outside, or is reached through a symbolic link", arguments: [false, true])
    func outside(isLinked: Bool) async throws {
        let other = try MediaFolder()
        let media = try other.spool("content")
        var file = media.file
        if isLinked {
            try folder.link(".spool", to: other.path(".spool"))
            file = folder.path(".spool/download")
        }
        let spooled = SpooledMedia(file: file, bytes: media.bytes, sha256: media.sha256, contentType: nil)
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await folder.store.store(spooled, at: try place("7"))
        }
        #expect(other.exists(".spool/download"))
    }

    @Test(
        "follows no symbolic link, in no part of a path",
        arguments: ["clinic", "clinic/2026", "clinic/2026/03", "clinic/2026/03/7", "clinic/2026/03/7/video.mp4"]
    )
    func links(link: String) async throws {
        let outside = try MediaFolder()
        try outside.write("theirs", to: "video.mp4")
        for part in ["clinic/2026/03/7", "2026/03/7", "03/7", "7"] {
            try outside.write("theirs", to: part + "/video.mp4")
        }
        let target = link.hasSuffix("mp4") ? outside.path("video.mp4") : outside.path(String(link.dropFirst(7)))
        try FileManager.default.createDirectory(
            atPath: FilePath.folder(folder.path(link)),
            withIntermediateDirectories: true
        )
        try folder.link(link, to: link == "clinic" ? outside.path("clinic") : target)
        let media = try folder.spool("mine")
        let path = try place("7")
        let store = folder.store
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { try await store.store(media, at: path) }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { _ = try await store.size(of: path) }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { try await store.read(path) { _ in } }
        #expect(try await folder.names() == [link])
        // A link in the file's own place may be taken away: what it leads to stays.
        try? await store.remove(path)
        #expect(try outside.text("video.mp4") == "theirs")
        #expect(try outside.text("clinic/2026/03/7/video.mp4") == "theirs")
        #expect(try outside.text("7/video.mp4") == "theirs")
    }

    @Test("reads a large file whole, in parts of one mebibyte")
    func largeFile() async throws {
        let content = String(repeating: "0123456789abcdef", count: 160_000)
        try await folder.store.store(try folder.spool(content), at: try place("7"))
        var sizes: [Int] = []
        try await folder.store.read(try place("7")) { sizes.append($0.count) }
        #expect(sizes == [1 << 20, 1 << 20, 2_560_000 - (2 << 20)])
        #expect(try await read(try place("7")) == Array(content.utf8))
    }

    @Test("lists every file, what others have put there and what is out of reach, and nothing of the host's own")
    func listing() async throws {
        for name in [
            ".spool/x", ".lock", "manifest.jsonl", "manifest.jsonl.2026", "clinic/2026/03/7/video.mp4",
            "clinic/notes.txt",
            "clinic/.hidden", "__quarantine/clinic/2026/03/8/video.mp4", "A Name/x y",
        ] { try folder.write("x", to: name) }
        #expect(
            try await folder.names() == [
                "A Name/x y", "__quarantine/clinic/2026/03/8/video.mp4", "clinic/.hidden", "clinic/2026/03/7/video.mp4",
                "clinic/notes.txt",
            ]
        )
    }

    @Test("lists names in parts")
    func listingInParts() async throws {
        for number in 0..<2_100 { try folder.write("", to: "clinic/\(number % 3)/\(number)") }
        var parts: [Int] = []
        var names: Set<String> = []
        try await folder.store.list {
            parts.append($0.count)
            names.formUnion($0)
        }
        #expect(names.count == 2_100)
        #expect(parts.count > 1)
    }

    @Test("puts a file out of reach, once and again, and takes the empty folders away")
    func quarantine() async throws {
        let path = try place("7")
        try await folder.store.store(try folder.spool("content"), at: path)
        try await folder.store.quarantine(path)
        #expect(try folder.text("__quarantine/clinic/2026/03/7/video.mp4") == "content")
        #expect(!folder.exists("clinic"))
        try await folder.store.quarantine(path)
        try await folder.store.store(try folder.spool("content"), at: path)
        try await folder.store.quarantine(path)
        #expect(try await folder.names() == ["__quarantine/clinic/2026/03/7/video.mp4"])
        try await folder.store.store(try folder.spool("another"), at: path)
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { try await folder.store.quarantine(path) }
        #expect(try folder.text("__quarantine/clinic/2026/03/7/video.mp4") == "content")
        #expect(try folder.text("clinic/2026/03/7/video.mp4") == "another")
    }

    @Test("cannot put out of reach what is nowhere")
    func quarantineOfNothing() async throws {
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await folder.store.quarantine(try place("7"))
        }
    }

    @Test("deletes a file and the folders that are empty then, and no others")
    func removing() async throws {
        for id in ["7", "8"] { try await folder.store.store(try folder.spool(id), at: try place(id)) }
        try await folder.store.remove(try place("7"))
        #expect(!folder.exists("clinic/2026/03/7"))
        #expect(folder.exists("clinic/2026/03/8/video.mp4"))
        try await folder.store.remove(try place("7"))
        try await folder.store.remove(try place("8"))
        #expect(!folder.exists("clinic"))
        #expect(folder.exists(""))
        #expect(try await folder.store.size(of: try place("8")) == nil)
    }

    @Test("stores while other files of the same folders are deleted")
    func storingBesideRemoving() async throws {
        let folder = folder
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<2 {
                group.addTask {
                    for _ in 0..<60 {
                        let path = try place("\(number)")
                        try await folder.store.store(try folder.spool("x", name: "\(number)"), at: path)
                        try await folder.store.remove(path)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await folder.names().isEmpty)
    }

    @Test("says that the root is missing")
    func missingRoot() async throws {
        let store = FolderMediaStore(root: folder.path("nowhere"))
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) { try await store.list { _ in } }
        #expect(try await store.size(of: try place("7")) == nil)
    }
}
