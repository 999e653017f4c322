/// One kind of object in a manifest: what it is for, and the keys that it may have.
struct ManifestDefinition: Sendable {
    /// How the table, the schema and the reference call it.
    let name: String
    /// What it is called in messages, with its article, such as `a request`.
    let expectation: String
    /// What it is for, in sentences.
    let help: String
    let keys: [ManifestKey]
    /// Whether exactly one key must be there, because each is another kind of the same thing.
    let isChoice: Bool

    init(_ name: String, _ expectation: String, help: String, isChoice: Bool = false, keys: [ManifestKey]) {
        self.name = name
        self.expectation = expectation
        self.help = help
        self.keys = keys
        self.isChoice = isChoice
    }

    /// The key with this name, or nil.
    func key(_ name: String) -> ManifestKey? { keys.first { $0.name == name } }
}

/// One key of an object: what it means and what may stand under it.
struct ManifestKey: Sendable {
    let name: String
    let shape: ManifestShape
    /// What it means, in one sentence or a few.
    let help: String
    let isRequired: Bool
    /// What holds when it is left out, as the manifest would write it or in words; nil when then nothing holds.
    let fallback: String?

    init(
        _ name: String,
        _ shape: ManifestShape,
        required: Bool = false,
        default fallback: String? = nil,
        _ help: String
    ) {
        self.name = name
        self.shape = shape
        self.help = help
        isRequired = required
        self.fallback = fallback
    }
}
