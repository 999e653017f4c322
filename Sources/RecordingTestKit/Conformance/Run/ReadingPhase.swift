/// Which of a connector's methods is being called, and for which of the things that were found before.
enum ReadingPhase: Sendable, Hashable {
    case check
    case listings
    /// The listing with this index.
    case recordings(Int)
    /// The chosen recording with this index.
    case accessEvents(Int)
    /// The chosen recording with this index.
    case media(Int)

    /// The method, for people.
    var name: String {
        switch self {
        case .check: "check"
        case .listings: "listings"
        case .recordings: "recordings"
        case .accessEvents: "accessEvents"
        case .media: "media"
        }
    }

    /// Whether it is part of a run that must leave no trace on the platform.
    var isMetadata: Bool {
        if case .media = self { return false }
        return true
    }
}
