import Foundation
import RecordingKit

@testable import RecordingHost

/// A media folder of its own for one test, removed when the test lets go of it.
final class MediaFolder: Sendable {
    let path: String

    init() throws {
        let name = "media-\(UUID().uuidString)"
        path = FilePath.absolute(FileManager.default.temporaryDirectory.path) + "/" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var store: FolderMediaStore { FolderMediaStore(root: path) }
    var manifestPath: String { path("manifest.jsonl") }

    func path(_ name: String) -> String { path + "/" + name }

    func write(_ content: String, to name: String) throws {
        try FileManager.default.createDirectory(
            atPath: FilePath.folder(path(name)),
            withIntermediateDirectories: true
        )
        try Data(content.utf8).write(to: URL(fileURLWithPath: path(name)))
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    func exists(_ name: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: path(name))) != nil }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }

    func permissions(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
    }

    /// Puts a file into the spool as a download does.
    func spool(_ content: String, name: String = "download") throws -> SpooledMedia {
        try write(content, to: ".spool/" + name)
        return SpooledMedia(
            file: path(".spool/" + name),
            bytes: Int64(content.utf8.count),
            sha256: try MediaDigest.text(of: Array(content.utf8)),
            contentType: "video/mp4"
        )
    }

    /// The names that the store lists, sorted.
    func names() async throws -> [String] {
        var names: [String] = []
        try await store.list { names += $0 }
        return names.sorted()
    }
}

/// Where recording `id` of the source "clinic" is kept.
func place(_ id: String) throws -> MediaPath {
    try MediaPath(
        source: "clinic",
        recording: id,
        rendition: "video",
        date: Timestamp("2026-03-09T10:00:00Z"),
        fileExtension: "mp4"
    )
}
