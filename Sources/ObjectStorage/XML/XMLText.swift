/// The text between the marks of an XML document.
enum XMLText {
    /// Resolves entities.
    ///
    /// - Throws: `XMLReader.Malformed` for an entity that is not one of XML's own, and for what is not UTF-8.
    static func decode(_ bytes: ArraySlice<UInt8>) throws(XMLReader.Malformed) -> String {
        var result = ""
        var rest = bytes
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            guard let end = rest[mark...].firstIndex(of: UInt8(ascii: ";")) else { throw XMLReader.Malformed() }
            result += try text(rest[..<mark])
            result += try entity(text(rest[(mark + 1)..<end]))
            rest = rest[(end + 1)...]
        }
        return result + (try text(rest))
    }

    /// Replaces what has a meaning in XML.
    static func encode(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(XMLReader.Malformed) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw XMLReader.Malformed() }
        return text
    }

    private static func entity(_ name: String) throws(XMLReader.Malformed) -> String {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let number =
                name.hasPrefix("#x")
                ? UInt32(name.dropFirst(2), radix: 16)
                : name.hasPrefix("#") ? UInt32(name.dropFirst(1)) : nil
            guard let scalar = number.flatMap(Unicode.Scalar.init) else { throw XMLReader.Malformed() }
            return String(Character(scalar))
        }
    }
}
