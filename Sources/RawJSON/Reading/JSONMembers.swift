/// The members of an object, in document order and with all duplicates.
public struct JSONMembers: Sequence, Sendable {
    private let storage: JSONStorage
    private let first: Int
    private let end: Int

    /// How many members there are, duplicates included, in constant time.
    public let count: Int

    init(of value: JSONValue) {
        let header = value.word
        storage = value.storage
        first = value.index &+ 2
        let isObject = header.kind == .object
        end = isObject ? header.extent : first
        count = isObject ? value.storage.tape[value.index &+ 1].count : 0
    }

    /// Whether there are no members.
    public var isEmpty: Bool { count == 0 }

    /// The same as ``count``.
    public var underestimatedCount: Int { count }

    /// Starts at the first member.
    public func makeIterator() -> Iterator { Iterator(storage: storage, index: first, end: end) }

    /// Walks over the members.
    public struct Iterator: IteratorProtocol, Sendable {
        fileprivate let storage: JSONStorage
        fileprivate var index: Int
        fileprivate let end: Int

        /// The next member with its name decoded, or `nil` after the last.
        public mutating func next() -> (name: String, value: JSONValue)? {
            guard index < end else { return nil }
            let name = storage.text(of: storage.tape[index])
            let value = JSONValue(storage: storage, index: index &+ 1)
            index = storage.indexAfterValue(at: index &+ 1)
            return (name, value)
        }
    }
}
