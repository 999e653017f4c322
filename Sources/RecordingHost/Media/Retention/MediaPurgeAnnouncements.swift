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

    private var names: Set<Name> = []

    var isEmpty: Bool { names.isEmpty }

    /// Reads what the manifest has beyond the ledger.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`, also when that is more than purged files.
    init(in manifest: Manifest) async throws {
        while let (entries, _) = try await manifest.nextUncommitted() {
            for entry in entries {
                let name = Name(entry.draft)
                switch entry.draft.action {
                case .purged: names.insert(name)
                // Of a file that was not announced before, only a run that fetches files knows what is left to do.
                case .stored where names.contains(name): names.remove(name)
                default: throw MediaPurgeFailure.filesUnknown
                }
            }
        }
    }

    func contains(_ file: StoredMedium) -> Bool { Name(file).map(names.contains) ?? false }
}
