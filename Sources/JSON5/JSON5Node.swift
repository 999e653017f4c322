/// A value of a document and the place where it begins.
package struct JSON5Node: Sendable {
    /// The kinds of value that the grammar knows.
    package enum Value: Sendable {
        case null
        case boolean(Bool)
        case number(JSON5Number)
        case string(String)
        case array([JSON5Node])
        case object([JSON5Member])
    }

    package let value: Value
    /// The place of the first character of the value: the quote, the sign, the bracket.
    package let position: JSON5Position

    package init(value: Value, position: JSON5Position) {
        self.value = value
        self.position = position
    }
}

/// A name and its value in an object.
package struct JSON5Member: Sendable {
    /// The name with its escapes resolved.
    package let name: String
    /// The place of the first character of the name, or of the quote before it.
    package let namePosition: JSON5Position
    package let value: JSON5Node

    package init(name: String, namePosition: JSON5Position, value: JSON5Node) {
        self.name = name
        self.namePosition = namePosition
        self.value = value
    }
}

extension JSON5Node {
    /// What the value is, with an article, for messages: "a string", "an object".
    package var kindName: String {
        switch value {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    package var isNull: Bool {
        if case .null = value { true } else { false }
    }

    /// The truth value, if this is a boolean.
    package var boolean: Bool? {
        if case .boolean(let boolean) = value { boolean } else { nil }
    }

    /// The number, if this is one.
    package var number: JSON5Number? {
        if case .number(let number) = value { number } else { nil }
    }

    /// The text, if this is a string.
    package var string: String? {
        if case .string(let string) = value { string } else { nil }
    }

    /// The elements in order, if this is an array.
    package var elements: [JSON5Node]? {
        if case .array(let elements) = value { elements } else { nil }
    }

    /// The members in the order of the text, if this is an object.
    package var members: [JSON5Member]? {
        if case .object(let members) = value { members } else { nil }
    }

    /// The value of a member by its exact name, if this is an object that has it; looks at the members one by one.
    package subscript(name: String) -> JSON5Node? {
        members?.first { $0.name == name }?.value
    }
}
