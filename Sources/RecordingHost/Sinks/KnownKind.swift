import RecordingKit

/// The kinds of record that the host writes, as a closed set.
enum KnownKind: CaseIterable, Sendable {
    case recordings
    case accessSummaries
    case accessEvents
    case media

    /// The kind in the open vocabulary.
    var recordKind: RecordKind {
        switch self {
        case .recordings: .recordings
        case .accessSummaries: .accessSummaries
        case .accessEvents: .accessEvents
        case .media: .media
        }
    }

    /// Finds a kind of the open vocabulary; nil for one that the host does not write.
    init?(_ kind: RecordKind) {
        guard let known = KnownKind.allCases.first(where: { $0.recordKind == kind }) else { return nil }
        self = known
    }
}
