/// The name of a member, quoted and escaped once and written many times.
public struct JSONName: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The quoted name and the colon.
    let encoded: [UInt8]

    /// Prepares a name.
    public init(_ name: String) {
        var encoded: [UInt8] = []
        encoded.appendQuoted(name)
        encoded.append(UInt8(ascii: ":"))
        self.encoded = encoded
    }

    /// Prepares a name given as a literal.
    public init(stringLiteral name: String) {
        self.init(name)
    }
}
