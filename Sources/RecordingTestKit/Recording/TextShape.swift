import RecordingKit

/// What a text looks like, whatever it is called.
enum TextShape {
    case empty
    case time
    case digits
    case email
    case url
    case path
    /// Hexadecimal digits of which one is a letter, with or without hyphens, or a UUID.
    case hexadecimal
    /// A host name, or the name of a file.
    case dotted
    /// One word of ASCII letters, digits and signs.
    case word
    case text

    init(_ text: String) {
        let bytes = text.utf8
        let hasDigit = bytes.contains { (0x30...0x39).contains($0) }
        if bytes.isEmpty {
            self = .empty
        } else if bytes.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = .digits
        } else if hasDigit, bytes.count >= 10, Timestamp(text) != nil {
            self = .time
        } else if HTTPURL(text) != nil {
            self = .url
        } else if text.hasPrefix("/"), !text.contains(" ") {
            self = .path
        } else if text.contains("@") {
            self = text.contains(" ") || text.split(separator: "@").count != 2 ? .text : .email
        } else if hasDigit, TextShape.isHexadecimal(text) {
            self = .hexadecimal
        } else if !bytes.allSatisfy(\.isWordByte) {
            self = .text
        } else {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let isDotted = parts.count > 1 && parts.allSatisfy { !$0.isEmpty } && !text.contains(":")
            self =
                isDotted && parts.last.map { $0.utf8.allSatisfy(\.isLetter) || $0.count <= 4 } == true ? .dotted : .word
        }
    }

    /// Digits with hyphens alone are more likely somebody's number, unless they are grouped as in a UUID (RFC 9562 §4).
    private static func isHexadecimal(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count >= 8, bytes.allSatisfy({ $0.isHexadecimal || $0 == UInt8(ascii: "-") }) else { return false }
        let groups = text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
        return bytes.contains(where: \.isLetter) || groups == [8, 4, 4, 4, 12]
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    fileprivate var isHexadecimal: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }

    fileprivate var isWordByte: Bool {
        isLetter || (0x30...0x39).contains(self) || "-._:=+/~".utf8.contains(self)
    }
}
