import RecordingKit

/// Files of which the manifest says that they were purged, and of which the ledger does not know yet: a purge was killed.
struct MediaPurgeAnnouncements {
    /// Names a file of a recording.
    private struct Name: Hashable {
        let source: String
        let recordingID: String
        let rendition: String
        let path: String

        init(_ draft: ManifestEntry.Draft) {
            source = draft.source
            recordingID = draft.recordingID
            rendition = draft.rendition
            path = draft.path.text
        }

        /// Nil for a file whose place is not known.
        init?(_ file: StoredMedium) {
            guard let path = file.medium.path else { return nil }
            source = file.key.source
            recordingID = file.key.recordingID
            rendition = file.medium.rendition
            self.path = path
        }
    }

    /// What the manifest is told as the reason.
    static let reason = "retention"

    private var names: Set<Name> = []
    /// Whether there are lines of a run that fetches files, which only such a run can finish.
    private(set) var hasForeignLines = false

    var isEmpty: Bool { names.isEmpty }

    /// Reads what the manifest has beyond the ledger.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`.
    init(in manifest: Manifest) async throws {
        while let (entries, _) = try await manifest.nextUncommitted() {
            for entry in entries {
                let name = Name(entry.draft)
                switch entry.draft.action {
                case .purged where entry.draft.reason == Self.reason: names.insert(name)
                case .stored where names.contains(name): names.remove(name)
                default: hasForeignLines = true
                }
            }
        }
    }

    func contains(_ file: StoredMedium) -> Bool { Name(file).map(names.contains) ?? false }
}
