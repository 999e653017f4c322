import Foundation
import RawJSON

/// The platform's own JSON parser, and where it is known to depart from RFC 8259.
enum FoundationJSON {
    static func value(of bytes: [UInt8]) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    }

    static func accepts(_ bytes: [UInt8]) -> Bool { value(of: bytes) != nil }

    /// Whether two parsers read the same out of one text.
    ///
    /// Where names of an object are equal to the platform, which compares them canonically, it keeps one of the members alone. It
    /// loses a byte order mark (U+FEFF) that follows an escape.
    static func agrees(_ foreign: Any, with own: JSONValue) -> Bool {
        switch own.kind {
        case .object:
            guard let foreign = foreign as? [String: Any] else { return false }
            let members = Dictionary(own.members.map { (withoutMarks($0.name), $0.value) }) { $1 }
            guard members.count == own.members.count else { return true }
            guard foreign.count == members.count else { return false }
            return foreign.allSatisfy { name, value in
                members[withoutMarks(name)].map { agrees(value, with: $0) } ?? false
            }
        case .array:
            guard let foreign = foreign as? [Any], foreign.count == own.elements.count else { return false }
            return zip(foreign, own.elements).allSatisfy { agrees($0, with: $1) }
        case .string:
            guard let foreign = foreign as? String, let text = own.string else { return false }
            return withoutMarks(foreign).utf8.elementsEqual(withoutMarks(text).utf8)
        case .number:
            guard let foreign = foreign as? NSNumber else { return false }
            if let integer = own.integer { return foreign.int64Value == integer }
            guard let double = own.double else { return false }
            return abs(foreign.doubleValue - double) <= abs(double) * 1e-15
        case .boolean: return foreign as? Bool == own.boolean
        case .null: return foreign is NSNull
        }
    }

    private static func withoutMarks(_ text: String) -> String {
        var scalars = text.unicodeScalars
        scalars.removeAll { $0 == "\u{FEFF}" }
        return String(scalars)
    }

    /// Whether the platform misjudges a text, proved by mending just that and seeing both accept the rest.
    ///
    /// - Numbers beyond the range of `Double` are grammatical, and refused there.
    /// - One comma before the end of an array or object that is not empty is not grammatical, and accepted there on Linux.
    /// - UTF-16 and UTF-32 are not allowed, and recognised there by a mark or by zeros among the first four bytes.
    static func isKnownToDiffer(_ bytes: [UInt8]) -> Bool {
        if bytes.prefix(4).contains(0) || bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            return (try? JSONDocument(parsing: bytes)) == nil
        }
        let mended = withoutHugeNumbers(withoutTrailingCommas(bytes))
        return mended != bytes && (try? JSONDocument(parsing: mended)) != nil && accepts(mended)
    }

    private static func withoutTrailingCommas(_ bytes: [UInt8]) -> [UInt8] {
        let spaces = Array(" \t\r\n".utf8)
        var bytes = bytes
        while let offset = unexpectedByte(in: bytes), "]}".utf8.contains(bytes[offset]),
            let comma = bytes[..<offset].lastIndex(where: { !spaces.contains($0) }), bytes[comma] == UInt8(ascii: ","),
            let last = bytes[..<comma].last(where: { !spaces.contains($0) }), !"[{,".utf8.contains(last)
        {
            bytes.remove(at: comma)
        }
        return bytes
    }

    private static func unexpectedByte(in bytes: [UInt8]) -> Int? {
        do throws(JSONError) {
            _ = try JSONDocument(parsing: bytes)
            return nil
        } catch {
            return error.code == .unexpectedByte ? error.offset : nil
        }
    }

    private static func withoutHugeNumbers(_ bytes: [UInt8]) -> [UInt8] {
        guard let document = try? JSONDocument(parsing: bytes) else { return bytes }
        var bytes = bytes
        for value in numbers(in: document.root).reversed() where value.double == nil {
            bytes.replaceSubrange(value.rawBytes.indices, with: [UInt8(ascii: "0")])
        }
        return bytes
    }

    private static func numbers(in value: JSONValue) -> [JSONValue] {
        if value.kind == .number { return [value] }
        return value.elements.flatMap(numbers) + value.members.flatMap { numbers(in: $0.value) }
    }
}
