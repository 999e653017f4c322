/// Why bytes are not an acceptable JSON text, and where.
///
/// Neither the value nor its description holds any of the input, so it may be logged.
public struct JSONError: Error, Sendable, Hashable {
    /// A kind of fault.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the code.
        public let rawValue: String

        /// Creates a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The text ended inside a value.
        public static let unexpectedEnd = Self(rawValue: "unexpectedEnd")
        /// A byte that cannot stand where it does.
        public static let unexpectedByte = Self(rawValue: "unexpectedByte")
        /// A number that the grammar does not allow, such as one with a leading zero.
        public static let invalidNumber = Self(rawValue: "invalidNumber")
        /// A control character or an unknown escape in a string.
        public static let invalidString = Self(rawValue: "invalidString")
        /// Bytes in a string that are not UTF-8.
        public static let invalidUTF8 = Self(rawValue: "invalidUTF8")
        /// An escaped surrogate without its other half.
        public static let loneSurrogate = Self(rawValue: "loneSurrogate")
        /// More arrays and objects inside each other than allowed.
        public static let depthExceeded = Self(rawValue: "depthExceeded")
        /// Something other than whitespace after the outermost value.
        public static let trailingContent = Self(rawValue: "trailingContent")
        /// The same key twice in an object, where that is rejected.
        public static let duplicateKey = Self(rawValue: "duplicateKey")
        /// Nothing but whitespace.
        public static let empty = Self(rawValue: "empty")
        /// More bytes or more values than allowed.
        public static let tooLarge = Self(rawValue: "tooLarge")
    }

    /// What is wrong.
    public let code: Code

    /// The position of the first offending byte, counted from 0; the number of bytes when the text ended too early.
    public let offset: Int

    /// Creates an error.
    public init(code: Code, offset: Int) {
        self.code = code
        self.offset = offset
    }

    /// Whether the text only ended too early: some continuation of its bytes is a valid text.
    public var isTruncation: Bool { code == .unexpectedEnd || code == .empty }
}

extension JSONError: CustomStringConvertible {
    /// One sentence with code and offset, without any of the input.
    public var description: String { "invalid JSON: \(code.rawValue) at byte \(offset)" }
}
