/// Header fields in the order in which they were sent, duplicates kept (RFC 9110 §5.3).
public struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    /// One field line.
    public struct Field: Sendable, Hashable {
        /// The name as it was sent; compared without regard to case.
        public var name: String
        /// The value without surrounding white space.
        public var value: String

        /// Names a field line.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// Whether the name is a token and the value has no line breaks and no NUL (RFC 9110 §5.1, §5.5).
        package var isWellFormed: Bool {
            !name.isEmpty && name.utf8.allSatisfy(\.isTokenByte)
                && !value.utf8.contains { [0x00, 0x0A, 0x0D].contains($0) }
        }
    }

    /// The field lines, in order.
    public private(set) var fields: [Field]

    /// Makes a list of field lines.
    public init(_ fields: [Field] = []) { self.fields = fields }

    /// Makes a list of field lines from names and values.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of the field called `name`, or nil.
    public subscript(name: String) -> String? {
        fields.first { equalIgnoringCase($0.name, name) }?.value
    }

    /// All values of the field called `name`, in order.
    public func values(of name: String) -> [String] {
        fields.compactMap { equalIgnoringCase($0.name, name) ? $0.value : nil }
    }

    /// Appends a field line.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Removes every field line called `name` and appends one with `value`.
    public mutating func set(_ name: String, _ value: String) {
        remove(name)
        add(name, value)
    }

    /// Removes every field line called `name`.
    public mutating func remove(_ name: String) {
        fields.removeAll { equalIgnoringCase($0.name, name) }
    }
}

/// Compares two ASCII names without regard to case.
func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
        && zip(left.utf8, right.utf8).allSatisfy { $0 == $1 || $0.asciiLowercased == $1.asciiLowercased }
}

extension UInt8 {
    /// The byte of the lower-case letter when this is an ASCII capital, else the byte itself.
    var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    /// Whether the byte may stand in a token (RFC 9110 §5.6.2).
    fileprivate var isTokenByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5E...0x60, 0x23...0x27, 0x21, 0x2A, 0x2B, 0x2D, 0x2E, 0x7C, 0x7E:
            true
        default: false
        }
    }
}
