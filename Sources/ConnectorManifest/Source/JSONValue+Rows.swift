import RawJSON

extension JSONValue {
    /// Whether a condition on rows can say of this one that it is not wanted.
    ///
    /// A number in place of an object fails every condition on members, which must not pass for a row that is left out
    /// on purpose; a list of texts may be chosen from.
    var canBeMeant: Bool { kind == .object || kind == .string }
}
