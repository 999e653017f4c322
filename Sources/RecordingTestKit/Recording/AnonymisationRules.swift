public import RawJSON

/// What an operator knows better about the texts of a platform's answers than their look tells.
public struct AnonymisationRules: Sendable {
    /// Values that are kept as they are, credentials excepted; `*` in a pointer stands for any name or position.
    public var keep: [JSONPointer]
    /// Values that are replaced whatever they look like; goes before ``keep``.
    public var replace: [JSONPointer]

    /// Names places in answers.
    public init(keep: [JSONPointer] = [], replace: [JSONPointer] = []) {
        self.keep = keep
        self.replace = replace
    }

    func keeps(_ path: [String]) -> Bool { keep.contains { AnonymisationRules.matches($0, path) } }

    func replaces(_ path: [String]) -> Bool { replace.contains { AnonymisationRules.matches($0, path) } }

    private static func matches(_ pointer: JSONPointer, _ path: [String]) -> Bool {
        pointer.tokens.count == path.count && zip(pointer.tokens, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
}
