/// Where a parameter of paging goes in the request.
public struct ParameterPlace: Sendable, Hashable {
    /// The name in declarations: `query` or `body`.
    public let rawValue: String

    private init(name: String) { rawValue = name }

    /// The place with this name, or nil.
    public init?(rawValue: String) {
        guard let known = Self.all.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = known
    }

    /// The query.
    public static let query = Self(name: "query")
    /// The JSON object that is the request's content; one is made where there is none.
    ///
    /// There a parameter is the name of a member, or a JSON Pointer to one when it begins with `/`, such as
    /// `/variables/skip`; objects on the way that are missing or null are made. Page numbers, offsets and page sizes are numbers.
    public static let body = Self(name: "body")
    /// All of them.
    public static let all: [Self] = [.query, .body]
}
