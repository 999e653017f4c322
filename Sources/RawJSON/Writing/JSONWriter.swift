/// Appends JSON text to an array of bytes, piece by piece.
///
/// It sets the commas and escapes the strings; there is no tree and no indentation. What it holds is a valid text, or a
/// line of one with ``newline()`` in between, as long as every `begin` has its `end`, every value in an object has a name
/// before it, and values outside all arrays and objects are kept apart by ``newline()``: that is the caller's part and is
/// not checked.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// Whether the next value or name follows another one in the same array or object.
    private var needsComma = false

    /// Creates a writer with nothing written.
    ///
    /// - Parameter capacity: How many bytes to make room for at once.
    public init(reservingCapacity capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Opens an object.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Closes the innermost object.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Opens an array.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Closes the innermost array.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Ends a line and starts a new text on the next.
    public mutating func newline() {
        bytes.append(0x0A)
        needsComma = false
    }

    /// Forgets everything written.
    public mutating func removeAll(keepingCapacity: Bool = true) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        needsComma = false
    }

    /// Hands over everything written and starts anew, with no room reserved.
    public mutating func take() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        needsComma = false
        return taken
    }

    private mutating func begin(_ byte: UInt8) {
        separate()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func end(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}

// MARK: - Prepared pieces

extension JSONWriter {
    /// Appends a piece of JSON text as it stands, with its own commas; a value may follow at once.
    package mutating func piece(_ text: StaticString) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        needsComma = false
    }

    /// Appends a piece of JSON text as it stands, with its own commas; a value may follow at once.
    package mutating func piece(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
        needsComma = false
    }

    /// Writes a string whose content `body` appends, none of which needs an escape.
    package mutating func plainString(_ body: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        body(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}

// MARK: - Names

extension JSONWriter {
    /// Writes the name of the next member.
    public mutating func name(_ name: String) {
        separate()
        bytes.appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes the name of the next member, prepared once.
    public mutating func name(_ name: JSONName) {
        separate()
        bytes.append(contentsOf: name.encoded)
        needsComma = false
    }
}

// MARK: - Values

extension JSONWriter {
    /// Writes a string, escaping only what RFC 8259, section 7 requires.
    public mutating func string(_ text: String) {
        separate()
        bytes.appendQuoted(text)
    }

    /// Writes a whole number of any size.
    public mutating func integer(_ value: some BinaryInteger) {
        separate()
        if let small = Int64(exactly: value) {
            bytes.appendDecimal(small)
        } else {
            bytes.append(contentsOf: value.description.utf8)
        }
    }

    /// Writes a number with the fewest digits that read back as the same value; `null` when it is not finite.
    public mutating func double(_ value: Double) {
        separate()
        bytes.append(contentsOf: value.isFinite ? Array(value.description.utf8) : Array("null".utf8))
    }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Writes `null`.
    public mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Writes a number as the text it came in; a text that is not a JSON number is written as a string.
    public mutating func rawNumber(_ text: String) {
        guard let value = try? JSONDocument(parsing: text).root, value.kind == .number else { return string(text) }
        separate()
        bytes.append(contentsOf: value.rawBytes)
    }

    /// Writes a value as it was received, on one line.
    ///
    /// Every byte stays as it was, except that line feeds and carriage returns, which can only be whitespace between
    /// tokens, become spaces.
    public mutating func raw(_ value: JSONValue) {
        separate()
        let start = bytes.count
        bytes.append(contentsOf: value.rawBytes)
        guard value.storage.hasLineBreaks else { return }
        for position in start..<bytes.count where bytes[position] == 0x0A || bytes[position] == 0x0D {
            bytes[position] = 0x20
        }
    }
}
