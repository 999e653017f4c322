import RawJSON
import RecordingKit

/// The texts that a text may stand for: itself, and what is left when its encoding is undone.
enum TextForms {
    /// Encodings that are undone one after another; more of them around each other are rare, and few texts are worth the time.
    private static let rounds = 3

    /// The text as it is, percent-decoded, JSON-unescaped, and with its stretches of base64 decoded, whichever are around which.
    static func of(_ text: String) -> [String] {
        var forms = [text]
        var found: Set<String> = [text]
        var last = [text]
        for _ in 0..<rounds {
            var next: [String] = []
            for form in last.flatMap(decoded) where found.insert(form).inserted { next.append(form) }
            if next.isEmpty { break }
            forms += next
            last = next
        }
        return forms
    }

    private static func decoded(_ text: String) -> [String] {
        var forms = Base64Text.decodings(in: text)
        if text.contains("%"), let decoded = PercentEncoding.decode(text, plusIsSpace: true) { forms.append(decoded) }
        if text.contains("\\"), let plain = unescaped(text) { forms.append(plain) }
        return forms
    }

    private static func unescaped(_ text: String) -> String? {
        let quoted = "\"" + text.replacing("\"", with: "\\\"").replacing("\\\\\"", with: "\\\"") + "\""
        return try? JSONDocument(parsing: quoted).root.string
    }
}

/// Base64 as it is found in the middle of other text (RFC 4648 §4 and §5).
enum Base64Text {
    /// The shortest stretch that is taken for base64.
    private static let shortest = 12

    /// What the stretches of base64 in a text stand for, where that is text.
    static func decodings(in text: String) -> [String] {
        var found: [String] = []
        var stretch: [UInt8] = []
        for byte in text.utf8 {
            if let digit = digit(byte) {
                stretch.append(digit)
            } else {
                found += decoded(stretch)
                stretch.removeAll()
            }
        }
        return found + decoded(stretch)
    }

    /// The text in base64, with padding.
    static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << ((3 - group.count) * 8)
            for position in 0..<4 {
                let isPadding = position > group.count
                result.append(isPadding ? UInt8(ascii: "=") : alphabet[bits >> ((3 - position) * 6) & 63])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// What a stretch stands for, wherever in it the base64 begins: the hyphen before it may be a digit of it or not.
    private static func decoded(_ digits: [UInt8]) -> [String] {
        guard digits.count >= shortest else { return [] }
        return (0..<4).map { text(of: digits[$0...]) }
    }

    private static func text(of digits: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for digit in digits {
            bits = (bits << 6 | Int(digit)) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 0xFF))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
