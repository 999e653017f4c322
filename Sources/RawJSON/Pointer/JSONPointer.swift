/// A path to a value inside a document (RFC 6901).
///
/// The empty pointer is the whole document. `~1` in a token stands for `/` and `~0` for `~`.
public struct JSONPointer: Sendable, Hashable {
    /// The decoded names and positions from the outermost value inwards.
    public var tokens: [String]

    /// Creates a pointer from decoded tokens.
    public init(tokens: [String] = []) {
        self.tokens = tokens
    }

    /// Parses the string form.
    ///
    /// - Throws: ``JSONPointerError`` with `missingSlash` when a text that is not empty does not begin with `/`, and
    ///   `invalidEscape` when `~` is not followed by 0 or 1.
    public init(parsing text: String) throws(JSONPointerError) {
        var tokens: [[UInt8]] = []
        var afterTilde = false
        for (offset, byte) in text.utf8.enumerated() {
            if afterTilde {
                guard byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") else {
                    throw JSONPointerError(code: .invalidEscape, offset: offset)
                }
                tokens[tokens.count - 1].append(byte == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/"))
                afterTilde = false
            } else if byte == UInt8(ascii: "/") {
                tokens.append([])
            } else if tokens.isEmpty {
                throw JSONPointerError(code: .missingSlash, offset: offset)
            } else if byte == UInt8(ascii: "~") {
                afterTilde = true
            } else {
                tokens[tokens.count - 1].append(byte)
            }
        }
        guard !afterTilde else { throw JSONPointerError(code: .invalidEscape, offset: text.utf8.count) }
        self.tokens = tokens.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The pointer to a member or element of what this one points to.
    public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens: tokens + [token]) }
}

extension JSONPointer: ExpressibleByStringLiteral {
    /// Creates a pointer from a literal.
    ///
    /// - Precondition: The literal is a valid pointer.
    public init(stringLiteral text: String) {
        do {
            try self.init(parsing: text)
        } catch {
            preconditionFailure("a literal is not a JSON pointer: \(error)")
        }
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The string form, which parses to an equal pointer.
    public var description: String {
        var text: [UInt8] = []
        for token in tokens {
            text.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): text += [byte, UInt8(ascii: "0")]
                case UInt8(ascii: "/"): text += [UInt8(ascii: "~"), UInt8(ascii: "1")]
                default: text.append(byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
