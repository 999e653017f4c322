/// A value as a person configures it, before it is checked.
public indirect enum SettingValue: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// Text.
    case string(String)
    /// A whole number.
    case integer(Int64)
    /// A number with a fraction.
    case number(Double)
    /// True or false.
    case boolean(Bool)
    /// Several values.
    case list([SettingValue])
    /// Named values.
    case object([String: SettingValue])

    /// The kind alone, because a value that is not yet checked may be a credential.
    public var description: String { kindName }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

    /// What it is, for messages: `text`, `a whole number` and so on.
    public var kindName: String {
        switch self {
        case .string: "text"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .list: "a list"
        case .object: "an object"
        }
    }
}

extension SettingValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A number with a fraction.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// Several values.
    public init(arrayLiteral elements: SettingValue...) { self = .list(elements) }
    /// Named values; of a name that is given twice the last one counts.
    public init(dictionaryLiteral elements: (String, SettingValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}
