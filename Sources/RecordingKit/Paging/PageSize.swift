/// The parameter that sets how many items a page holds, and the sizes that the platform takes.
public struct PageSize: Sendable, Hashable {
    /// The parameter's name, or a pointer to it in the body; see ``ParameterPlace``.
    public var parameter: String
    /// The size that the host asks for first.
    public var preferred: Int
    /// The size below which the host does not go when the platform answers that a page takes too long; at least 1.
    public var minimum: Int
    /// Where the parameter goes; default the query.
    public var place: ParameterPlace

    /// Describes the page size; the host halves it on a 504 (RFC 9110 §15.6.5) down to `minimum`.
    public init(_ parameter: String, preferred: Int, minimum: Int = 1, in place: ParameterPlace = .query) {
        self.parameter = parameter
        self.preferred = max(1, preferred)
        self.minimum = max(1, min(minimum, preferred))
        self.place = place
    }
}
