/// Reads the small XML documents that object storage answers with.
///
/// Strict: a document type, a processing instruction other than the declaration, an entity other than the five of XML and
/// numbers, and anything that is not well nested make it no document. Nothing is ever loaded from elsewhere.
struct XMLReader {
    /// Something that cannot be read.
    struct Malformed: Error {}

    /// Deeper documents are refused.
    private static let deepest = 16

    private let bytes: [UInt8]
    private var position = 0
    private var open: [XMLElement] = []
    private var root: XMLElement?

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The document's root.
    ///
    /// - Throws: ``Malformed``.
    static func read(_ bytes: [UInt8]) throws(Malformed) -> XMLElement {
        var reader = XMLReader(bytes)
        return try reader.document()
    }

    private mutating func document() throws(Malformed) -> XMLElement {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipSpace()
        if isNext("<?xml") { try skip(past: "?>") }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "<") { try markup() } else { try characters() }
        }
        guard open.isEmpty, let root else { throw Malformed() }
        return root
    }

    private mutating func markup() throws(Malformed) {
        if isNext("<!--") {
            position += 4
            try skip(past: "-->")
        } else if isNext("<![CDATA[") {
            try verbatim()
        } else if isNext("</") {
            position += 2
            try close(name())
            skipSpace()
            try expect(">")
        } else {
            try expect("<")
            try element()
        }
    }

    /// Text in which marks have no meaning.
    private mutating func verbatim() throws(Malformed) {
        guard let last = open.indices.last else { throw Malformed() }
        position += 9
        let start = position
        try skip(past: "]]>")
        guard let text = String(validating: bytes[start..<(position - 3)], as: UTF8.self) else { throw Malformed() }
        open[last].text += text
    }

    private mutating func element() throws(Malformed) {
        let element = XMLElement(name: try name())
        guard root == nil, open.count < Self.deepest else { throw Malformed() }
        open.append(element)
        while true {
            let hadSpace = skipSpace()
            if isNext("/>") {
                position += 2
                return try close(element.name)
            }
            if isNext(">") { return position += 1 }
            guard hadSpace else { throw Malformed() }
            try attribute()
        }
    }

    private mutating func close(_ name: String) throws(Malformed) {
        guard let element = open.popLast(), element.name == name else { throw Malformed() }
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    private mutating func attribute() throws(Malformed) {
        _ = try name()
        skipSpace()
        try expect("=")
        skipSpace()
        guard position < bytes.count else { throw Malformed() }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw Malformed() }
        guard let end = bytes[(position + 1)...].firstIndex(of: quote),
            !bytes[position..<end].contains(UInt8(ascii: "<"))
        else { throw Malformed() }
        position = end + 1
    }

    private mutating func characters() throws(Malformed) {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        let text = bytes[position..<end]
        position = end
        guard let last = open.indices.last else {
            guard text.allSatisfy(Self.isSpace) else { throw Malformed() }
            return
        }
        open[last].text += try XMLText.decode(text)
    }

    private mutating func name() throws(Malformed) -> String {
        let end = bytes[position...].firstIndex { !Self.isNameByte($0) } ?? bytes.count
        guard end > position, !(0x30...0x39).contains(bytes[position]) else { throw Malformed() }
        defer { position = end }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = position
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
        return position > start
    }

    private mutating func skip(past mark: StaticString) throws(Malformed) {
        while !isNext(mark) {
            guard position < bytes.count else { throw Malformed() }
            position += 1
        }
        position += mark.utf8CodeUnitCount
    }

    private mutating func expect(_ mark: StaticString) throws(Malformed) {
        guard isNext(mark) else { throw Malformed() }
        position += mark.utf8CodeUnitCount
    }

    private func isNext(_ mark: StaticString) -> Bool {
        bytes[position...].starts(with: mark.description.utf8)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F: true
        default: false
        }
    }
}
