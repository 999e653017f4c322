import RawJSON

/// Rewrites a JSON text value by value; what is not touched keeps its bytes.
struct JSONEditor {
    /// Writes what stands in place of a value and returns true, or returns false to leave the value as it is.
    var replace: (_ path: [String], JSONValue, inout JSONWriter) -> Bool = { _, _, _ in false }
    /// Writes further members at the end of an object.
    var extend: (_ path: [String], inout JSONWriter) -> Void = { _, _ in }
    /// Gives a member another name.
    var rename: (_ path: [String], _ name: String) -> String = { $1 }

    /// The text after editing; unchanged when it is no JSON.
    func edit(_ bytes: [UInt8]) -> [UInt8] {
        guard let root = try? JSONDocument(parsing: bytes).root else { return bytes }
        var writer = JSONWriter(reservingCapacity: bytes.count)
        write(root, at: [], to: &writer)
        return writer.take()
    }

    /// Appends a value after editing.
    func write(_ value: JSONValue, at path: [String], to writer: inout JSONWriter) {
        if replace(path, value, &writer) { return }
        switch value.kind {
        case .object:
            writer.beginObject()
            for member in value.members {
                writer.name(rename(path, member.name))
                write(member.value, at: path + [member.name], to: &writer)
            }
            extend(path, &writer)
            writer.endObject()
        case .array:
            writer.beginArray()
            for (index, element) in value.elements.enumerated() {
                write(element, at: path + [String(index)], to: &writer)
            }
            writer.endArray()
        default:
            writer.raw(value)
        }
    }
}

/// Spells JSON in a way that nobody who writes JSON would hit upon again.
enum JSONRespelling {
    /// The same values with white space between all tokens and the first letter of every text escaped.
    static func respell(_ bytes: [UInt8]) -> [UInt8] {
        guard let root = try? JSONDocument(parsing: bytes).root else { return bytes }
        var result: [UInt8] = []
        append(root, to: &result)
        return result
    }

    private static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch value.kind {
        case .object:
            bytes += "{ ".utf8
            for (index, member) in value.members.enumerated() {
                if index > 0 { bytes += " ,  ".utf8 }
                append(member.name, to: &bytes)
                bytes += "  : ".utf8
                append(member.value, to: &bytes)
            }
            bytes += "  }".utf8
        case .array:
            bytes += "[ ".utf8
            for (index, element) in value.elements.enumerated() {
                if index > 0 { bytes += "  , ".utf8 }
                append(element, to: &bytes)
            }
            bytes += " ]".utf8
        case .string: append(value.string ?? "", to: &bytes)
        default: bytes += value.rawBytes
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        var writer = JSONWriter()
        guard let first = text.utf8.first, first < 0x80, first >= 0x20 else {
            writer.string(text)
            bytes += writer.take()
            return
        }
        writer.string(String(text.unicodeScalars.dropFirst().map(Character.init)))
        let digits = Array("0123456789abcdef".utf8)
        bytes += "\"\\u00".utf8
        bytes += [digits[Int(first >> 4)], digits[Int(first & 15)]]
        bytes += writer.take().dropFirst()
    }
}
