/// Why a text is not a JSON pointer, and where.
public struct JSONPointerError: Error, Sendable, Hashable {
    /// A kind of fault.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the code.
        public let rawValue: String

        /// Creates a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The text is not empty and does not begin with a slash.
        public static let missingSlash = Self(rawValue: "missingSlash")
        /// A tilde is not followed by 0 or 1.
        public static let invalidEscape = Self(rawValue: "invalidEscape")
    }

    /// What is wrong.
    public let code: Code

    /// The position of the offending byte in UTF-8, counted from 0.
    public let offset: Int

    /// Creates an error.
    public init(code: Code, offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension JSONPointerError: CustomStringConvertible {
    /// One sentence with code and offset, without any of the input.
    public var description: String { "invalid JSON pointer: \(code.rawValue) at byte \(offset)" }
}
