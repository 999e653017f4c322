/// The elements of an array, in order.
public struct JSONElements: Sequence, Sendable {
    private let storage: JSONStorage
    private let first: Int
    private let end: Int

    /// How many elements there are, in constant time.
    public let count: Int

    init(of value: JSONValue) {
        let header = value.word
        storage = value.storage
        first = value.index &+ 2
        let isArray = header.kind == .array
        end = isArray ? header.extent : first
        count = isArray ? value.storage.tape[value.index &+ 1].count : 0
    }

    /// Whether there are no elements.
    public var isEmpty: Bool { count == 0 }

    /// The same as ``count``.
    public var underestimatedCount: Int { count }

    /// Starts at the first element.
    public func makeIterator() -> Iterator { Iterator(storage: storage, index: first, end: end) }

    /// Walks over the elements.
    public struct Iterator: IteratorProtocol, Sendable {
        fileprivate let storage: JSONStorage
        fileprivate var index: Int
        fileprivate let end: Int

        /// The next element, or `nil` after the last.
        public mutating func next() -> JSONValue? {
            guard index < end else { return nil }
            let value = JSONValue(storage: storage, index: index)
            index = storage.indexAfterValue(at: index)
            return value
        }
    }
}
