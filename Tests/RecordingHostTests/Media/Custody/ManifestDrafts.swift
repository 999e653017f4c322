import RecordingKit

@testable import RecordingHost

/// The time at which tests write.
let writingTime = Timestamp(secondsSince1970: 1_790_000_000)

/// An entry for recording `id`, whose file holds `content`.
func draft(
    _ id: String,
    _ action: ManifestEntry.Action = .stored,
    content: String = "content",
    reason: String? = nil
) throws -> ManifestEntry.Draft {
    ManifestEntry.Draft(
        action: action,
        source: "clinic",
        recordingID: id,
        rendition: "video",
        path: try place(id),
        bytes: Int64(content.utf8.count),
        sha256: try MediaDigest.text(of: Array(content.utf8)),
        contentType: "video/mp4",
        fetchedAt: Timestamp(secondsSince1970: 1_780_000_000),
        requestID: nil,
        reason: reason
    )
}

extension MediaFolder {
    /// Opens the manifest, which must not be in use.
    func manifest(_ known: ManifestHead? = nil) async throws -> Manifest {
        try await Manifest.open(folder: path, knownHead: known, tool: "tapedeck/1.2.3")
    }

    /// Appends entries and lets go of the manifest.
    @discardableResult
    func append(_ drafts: [ManifestEntry.Draft], known: ManifestHead? = nil) async throws -> ManifestHead {
        try await manifest(known).append(drafts, at: writingTime)
    }

    /// The manifest's lines, without their line feeds.
    func lines() throws -> [String] {
        try text("manifest.jsonl").split(separator: "\n").map(String.init)
    }

    func write(lines: [String]) throws {
        try write(lines.map { $0 + "\n" }.joined(), to: "manifest.jsonl")
    }
}
