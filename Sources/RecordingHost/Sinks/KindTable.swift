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
