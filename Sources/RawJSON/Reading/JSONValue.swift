/// What a JSON value is.
public enum JSONKind: Sendable, Hashable {
    /// Members with names.
    case object
    /// Elements in order.
    case array
    /// Text.
    case string
    /// A number of any size and precision.
    case number
    /// `true` or `false`.
    case boolean
    /// `null`.
    case null
}

/// One value of a document, read when asked.
///
/// A cheap handle that keeps the document alive. Nothing is cached: reading a string twice decodes it twice. May be used
/// from many threads.
public struct JSONValue: Sendable {
    let storage: JSONStorage
    let index: Int

    @inline(__always)
    var word: TapeWord { storage.tape[index] }

    /// What the value is.
    public var kind: JSONKind {
        switch word.kind {
        case .object: .object
        case .array: .array
        case .string: .string
        case .number: .number
        case .yes, .no: .boolean
        case .null: .null
        }
    }

    /// The bytes of the value as received, without the whitespace around it.
    public var rawBytes: ArraySlice<UInt8> {
        let word = word
        let length = word.isContainer ? storage.tape[index + 1].low : word.extent
        return storage.bytes[word.start..<word.start + length]
    }
}

extension JSONValue {
    /// Whether whitespace may stand between the tokens of ``rawBytes``; false is certain, and costs nothing to find out.
    package var mayHaveSpace: Bool { word.isContainer && storage.hasSpace }
}

// MARK: - Scalars

extension JSONValue {
    /// The decoded text, or `nil` when the value is not a string.
    ///
    /// Decoded on every call.
    public var string: String? {
        let word = word
        return word.kind == .string ? storage.text(of: word) : nil
    }

    /// Hands over the UTF-8 of a string without decoding it; nil when the value is no string, or one with escapes.
    ///
    /// The bytes must not be used after `body` has returned.
    @unsafe
    package func withPlainText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result?) -> Result? {
        let word = word
        guard word.kind == .string, !word.flag else { return nil }
        let text = word.start &+ 1..<word.start &+ word.extent &- 1
        return unsafe storage.bytes.withUnsafeBufferPointer { unsafe body(UnsafeBufferPointer(rebasing: $0[text])) }
    }

    /// The number exactly as it was written, or `nil` when the value is not a number.
    public var numberText: String? {
        let word = word
        return word.kind == .number ? String(decoding: rawBytes, as: UTF8.self) : nil
    }

    /// The number when it is written without fraction and exponent and fits; otherwise `nil`.
    public var integer: Int64? {
        let word = word
        guard word.kind == .number, !word.flag else { return nil }
        return storage.withView { $0.integer(from: word.start, count: word.extent) }
    }

    /// The number rounded to double precision, or `nil` when it is not a number or too large for one.
    ///
    /// A number too small for one is 0.
    public var double: Double? {
        guard let text = numberText, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The truth value, or `nil` when the value is neither `true` nor `false`.
    public var boolean: Bool? {
        switch word.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// Whether the value is `null`.
    public var isNull: Bool { word.kind == .null }

    /// A string's decoded text or a number's own, for identifiers that some services quote and others do not; otherwise
    /// `nil`.
    ///
    /// A number keeps every digit, however many it has.
    public var scalarText: String? { string ?? numberText }
}

// MARK: - Containers

extension JSONValue {
    /// The member of an object with a name, or `nil` when there is none or the value is not an object.
    ///
    /// Names match when their UTF-8 bytes do, escapes decoded; of members with the same name the last is found. Takes
    /// time linear in the number of members.
    public subscript(name: String) -> JSONValue? {
        let header = word
        guard header.kind == .object else { return nil }
        let range = (first: index &+ 2, end: header.extent)
        let found = unsafe name.utf8.withContiguousStorageIfAvailable { buffer in
            storage.indexOfMember(unsafe ByteView(buffer), from: range.first, to: range.end)
        }
        // Only text bridged from another language is not contiguous.
        guard let found else { return self[String(decoding: Array(name.utf8), as: UTF8.self)] }
        return found.map { JSONValue(storage: storage, index: $0) }
    }

    /// The elements of an array, in order; none when the value is not an array.
    public var elements: JSONElements { JSONElements(of: self) }

    /// The members of an object, in document order and with all duplicates; none when the value is not an object.
    public var members: JSONMembers { JSONMembers(of: self) }
}
