extension TapeBuilder {
    /// Reads a number (RFC 8259, section 6) and tells whether it has neither fraction nor exponent.
    @inline(__always)
    mutating func scanNumber() throws(JSONError) -> Bool {
        if input[position] == UInt8(ascii: "-") { position &+= 1 }
        if input[position] == UInt8(ascii: "0") {
            position &+= 1
            if isDigit { throw unexpected(.invalidNumber) }
        } else {
            try scanDigits()
        }
        let next = input[position]
        guard next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") else { return true }
        try scanFractionAndExponent()
        return false
    }

    private mutating func scanFractionAndExponent() throws(JSONError) {
        if input[position] == UInt8(ascii: ".") {
            position &+= 1
            try scanDigits()
        }
        guard input[position] | 0x20 == UInt8(ascii: "e") else { return }
        position &+= 1
        if input[position] == UInt8(ascii: "+") || input[position] == UInt8(ascii: "-") { position &+= 1 }
        try scanDigits()
    }

    @inline(__always)
    private mutating func scanDigits() throws(JSONError) {
        guard isDigit else { throw unexpected(.invalidNumber) }
        repeat { position &+= 1 } while isDigit
    }

    @inline(__always)
    private var isDigit: Bool { input[position] &- UInt8(ascii: "0") < 10 }
}
