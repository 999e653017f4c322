/// What a new connector is called, in each of the spellings that its files need.
struct ConnectorName: Sendable, Hashable {
    /// The id: lower-case letters, digits and underscores, a letter first, such as `acme_calls`.
    let id: String

    /// Takes a name that can be an id; nil for any other.
    init?(_ text: String) {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first), text.utf8.count <= 40,
            text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }),
            !text.hasSuffix("_"), !text.contains("__")
        else { return nil }
        id = text
    }

    private var words: [String] {
        id.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }

    /// The platform's name for people, such as `Acme Calls`.
    var title: String { words.joined(separator: " ") }

    /// The name of a Swift type without its ending, such as `AcmeCalls`.
    var typeName: String { words.joined() }
}
