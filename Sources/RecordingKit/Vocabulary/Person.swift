/// Someone who hosted or accessed a recording, as far as the platform tells.
public struct Person: Sendable, Hashable {
    /// The platform's id of the person, as text whatever the platform used.
    public var id: String?
    /// The display name.
    public var name: String?
    /// The e-mail address, in the platform's own spelling.
    public var email: String?

    /// Describes a person; whatever is not known is nil.
    public init(id: String? = nil, name: String? = nil, email: String? = nil) {
        self.id = id
        self.name = name
        self.email = email
    }

    /// Whether nothing at all is known.
    public var isEmpty: Bool { id == nil && name == nil && email == nil }
}
