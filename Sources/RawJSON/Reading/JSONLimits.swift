/// Bounds on what a parser accepts beyond the grammar.
public struct JSONLimits: Sendable, Hashable {
    /// How an object that has the same key twice is treated.
    public struct DuplicateKeys: Sendable, Hashable {
        enum Rule {
            case lastWins
            case reject
        }

        let rule: Rule

        /// Accepts the object; look-up finds the last of the members, iteration yields them all.
        public static let lastWins = Self(rule: .lastWins)

        /// Rejects the text with `duplicateKey`; keys are the same when their decoded UTF-8 bytes are.
        public static let reject = Self(rule: .reject)
    }

    /// The largest text that is parsed, in bytes: 64 MiB.
    public static let maximumByteCount = 1 << 26

    /// Depth 512, any number of values, last duplicate wins.
    public static let `default` = Self()

    /// How many arrays and objects may be open at once; default 512, 0 allows only scalars.
    public var maximumDepth: Int

    /// How many values the text may hold, scalars, arrays and objects counted alike; default unbounded.
    public var maximumValues: Int?

    /// What to do with an object that has the same key twice; default ``DuplicateKeys/lastWins``.
    public var duplicateKeys: DuplicateKeys

    /// Creates limits that differ from the default where told.
    public init(maximumDepth: Int = 512, maximumValues: Int? = nil, duplicateKeys: DuplicateKeys = .lastWins) {
        self.maximumDepth = maximumDepth
        self.maximumValues = maximumValues
        self.duplicateKeys = duplicateKeys
    }
}
