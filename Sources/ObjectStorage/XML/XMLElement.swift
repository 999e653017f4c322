/// An element of an answer: its name, what it holds, and the text directly in it.
struct XMLElement: Sendable, Equatable {
    /// The name as it is written, without its attributes.
    var name: String
    /// The text directly in it, entities resolved.
    var text = ""
    /// The elements directly in it.
    var children: [XMLElement] = []

    /// The text of the first child of that name, or nil.
    subscript(name: String) -> String? { children.first { $0.name == name }?.text }

    /// All children of that name.
    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}
