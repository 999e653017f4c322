/// A text of JSON5 1.0 (spec.json5.org), read into a tree that knows its places.
///
/// Two things are stricter than the grammar, since the texts are configurations: names must be unique in their object
/// (spellings that are canonically equivalent in Unicode are one name), and escapes must make valid Unicode.
/// Arrays and objects nest at most ``maximumDepth`` deep.
package struct JSON5Document: Sendable {
    /// How many arrays and objects may lie in one another.
    package static let maximumDepth = 100

    package let root: JSON5Node
    /// The name of the text, as the caller gave it.
    package let fileName: String?
    /// The places where a name stands for the second time in one object; the first of them counts.
    package let repeatedNames: [JSON5Error]

    /// Reads a text.
    ///
    /// - Throws: ``JSON5Error`` for the first place that the grammar, uniqueness or depth forbids.
    package init(parsing text: String, fileName: String? = nil) throws(JSON5Error) {
        try self.init(scalars: Array(text.unicodeScalars), fileName: fileName)
        if let repeated = repeatedNames.first { throw repeated }
    }

    /// Reads a text in UTF-8.
    ///
    /// - Throws: ``JSON5Error`` for the first place that is not UTF-8, or else as for a string.
    package init(parsing bytes: [UInt8], fileName: String? = nil) throws(JSON5Error) {
        try self.init(keepingRepeatedNames: bytes, fileName: fileName)
        if let repeated = repeatedNames.first { throw repeated }
    }

    /// Reads a text in UTF-8 in which names may be repeated, so that all problems of a file can be told at once.
    ///
    /// - Throws: ``JSON5Error`` for everything but repeated names, which are in ``repeatedNames``.
    package init(keepingRepeatedNames bytes: [UInt8], fileName: String? = nil) throws(JSON5Error) {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(bytes.count)
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): scalars.append(scalar)
            case .emptyInput: break decoding
            case .error:
                var scanner = JSON5Scanner(scalars: scalars, fileName: fileName)
                while scanner.next != nil { scanner.advance() }
                throw scanner.error("found a byte that is not UTF-8, expected UTF-8 text")
            }
        }
        try self.init(scalars: scalars, fileName: fileName)
    }

    private init(scalars: [Unicode.Scalar], fileName: String?) throws(JSON5Error) {
        var parser = JSON5Parser(scanner: JSON5Scanner(scalars: scalars, fileName: fileName))
        root = try parser.document()
        repeatedNames = parser.repeatedNames
        self.fileName = fileName
    }
}
