import JSON5

extension JSON5Node {
    /// A canonical form without places, to compare trees by.
    var rendering: String {
        switch value {
        case .null: "null"
        case .boolean(let boolean): "\(boolean)"
        case .number(let number): number.text
        case .string(let string): string.debugDescription
        case .array(let elements): "[" + elements.map(\.rendering).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\($0.name.debugDescription):\($0.value.rendering)" }.joined(separator: ",") + "}"
        }
    }
}
