/// A parsed JSON text that owns its bytes.
///
/// Parsing makes one validating pass and leaves an index of where every value lies; strings and numbers are decoded when
/// they are read. The bytes are kept as they came, so every value can be handed on unchanged through
/// ``JSONValue/rawBytes``. The document lives as long as any value of it does.
///
/// The grammar is RFC 8259 without extensions: any value may stand at the top, whitespace is space, tab, line feed and
/// carriage return, text is valid UTF-8, escaped surrogates come in pairs, and nothing follows the value. One UTF-8 byte
/// order mark before the value is skipped, as section 8.1 allows.
///
/// What is accepted is what `JSONSerialization` accepts with `.fragmentsAllowed`, apart from these:
/// - Numbers beyond the range of `Double`, such as `1e400`, are accepted here, where numbers are text, and rejected there.
/// - One comma before the end of an array or object is rejected here (sections 4 and 5) and accepted there on Linux.
/// - UTF-16 and UTF-32 texts are rejected here (section 8.1) and recognised there.
///
/// Immutable, so it may be used from many threads. Memory: the bytes, and 8 bytes for each scalar and member name and 16
/// for each array and object.
public struct JSONDocument: Sendable {
    let storage: JSONStorage

    /// Parses a whole JSON text.
    ///
    /// Runs in linear time, except that rejecting duplicate keys hashes the names of each object.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8, at most 64 MiB. The array is kept, not copied.
    ///   - limits: What else makes a text unacceptable.
    /// - Throws: ``JSONError`` at the first byte that no valid text could have in its place, or `unexpectedEnd` (`empty`
    ///   when there is nothing but whitespace) where more bytes could have made the text valid; `depthExceeded`,
    ///   `tooLarge` and `duplicateKey` when a limit is passed.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
        guard bytes.count <= JSONLimits.maximumByteCount else {
            throw JSONError(code: .tooLarge, offset: JSONLimits.maximumByteCount)
        }
        let index = try unsafe bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var builder = unsafe TapeBuilder(input: ByteView(buffer), limits: limits)
            try builder.build()
            return (tape: builder.tape, hasSpace: builder.hasSpace, hasLineBreaks: builder.hasLineBreaks)
        }
        storage = JSONStorage(
            bytes: bytes,
            tape: index.tape,
            hasSpace: index.hasSpace,
            hasLineBreaks: index.hasLineBreaks
        )
    }

    /// Parses a whole JSON text held in a string.
    ///
    /// - Throws: ``JSONError``, as for bytes; offsets count UTF-8 bytes.
    public init(parsing text: String, limits: JSONLimits = .default) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The outermost value.
    public var root: JSONValue { JSONValue(storage: storage, index: 0) }

    /// The bytes that were parsed, with any whitespace or byte order mark around the outermost value.
    public var bytes: [UInt8] { storage.bytes }
}

/// The bytes and the index that a document and all its values share.
final class JSONStorage: Sendable {
    let bytes: [UInt8]
    let tape: [TapeWord]
    /// Whether there is any whitespace between the tokens.
    let hasSpace: Bool
    /// Whether any whitespace in the text is a line feed or a carriage return.
    let hasLineBreaks: Bool

    init(bytes: [UInt8], tape: [TapeWord], hasSpace: Bool, hasLineBreaks: Bool) {
        self.bytes = bytes
        self.tape = tape
        self.hasSpace = hasSpace
        self.hasLineBreaks = hasLineBreaks
    }
}
