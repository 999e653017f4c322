/// Takes the white space out of a JSON text that stands between its tokens (RFC 8259 §2), which a platform may set as it likes
/// without that being a change of content.
enum InsignificantSpace {
    /// The text without such white space; the same bytes when there is none.
    static func removed(from text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = firstSpace(in: text) else { return text }
        var kept = Array(text[..<first])
        kept.reserveCapacity(text.count)
        var state = State()
        for byte in text[first...] where !state.isInsignificant(byte) { kept.append(byte) }
        return kept[...]
    }

    /// Where the first such white space is, which is outside any string.
    private static func firstSpace(in text: ArraySlice<UInt8>) -> Int? {
        var state = State()
        return text.firstIndex { state.isInsignificant($0) }
    }

    /// Whether the scan is inside a string, and behind a backslash.
    private struct State {
        private var isInString = false
        private var isEscaped = false

        mutating func isInsignificant(_ byte: UInt8) -> Bool {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                return false
            }
            if byte == UInt8(ascii: "\"") { isInString = true }
            return byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
        }
    }
}
