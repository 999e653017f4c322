extension JSONValue {
    /// The value that a pointer leads to from here, or `nil` when there is none.
    ///
    /// A position in an array is 0 or digits without a leading zero; `-`, the element after the last, never exists
    /// (RFC 6901, section 4). Takes time linear in the elements and members passed by.
    public func value(at pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            let next = value.kind == .array ? value.element(at: token) : value[token]
            guard let next else { return nil }
            value = next
        }
        return value
    }

    /// The element of an array at a position counted from 0, or `nil` when there is none or the value is not an array.
    ///
    /// Takes time linear in the position.
    public subscript(position: Int) -> JSONValue? {
        let elements = elements
        guard position >= 0, position < elements.count else { return nil }
        for (offset, element) in elements.enumerated() where offset == position { return element }
        return nil
    }

    private func element(at token: String) -> JSONValue? {
        let digits = token.utf8
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0"), let position = Int(token) else { return nil }
        return self[position]
    }
}
