import RecordingKit

/// One value for each kind of record, found without hashing a name.
struct KindTable<Value> {
    private var recordings: Value
    private var accessSummaries: Value
    private var accessEvents: Value
    private var media: Value

    init(repeating value: Value) {
        recordings = value
        accessSummaries = value
        accessEvents = value
        media = value
    }

    subscript(kind: KnownKind) -> Value {
        _read {
            switch kind {
            case .recordings: yield recordings
            case .accessSummaries: yield accessSummaries
            case .accessEvents: yield accessEvents
            case .media: yield media
            }
        }
        _modify {
            switch kind {
            case .recordings: yield &recordings
            case .accessSummaries: yield &accessSummaries
            case .accessEvents: yield &accessEvents
            case .media: yield &media
            }
        }
    }
}

extension KindTable: Sendable where Value: Sendable {}

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
