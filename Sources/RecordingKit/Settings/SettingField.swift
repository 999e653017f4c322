/// One setting of a connector, as data: from it come parsing, help, the README's table and the JSON Schema.
public struct SettingField: Sendable {
    /// The name in configuration, `camelCase`.
    public let name: String
    /// What values it takes.
    public let type: SettingType
    /// What it means, in one sentence.
    public let help: String
    /// What holds when it is not given; nil when then nothing holds.
    public let defaultValue: SettingValue?
    /// Whether it must be given.
    public let isRequired: Bool
    /// Whether its value is a credential, which the host keeps from the connector and from every output.
    public let isSecret: Bool

    /// Declares a setting.
    public init(
        _ name: String,
        _ type: SettingType,
        help: String,
        default defaultValue: SettingValue? = nil,
        isRequired: Bool = false,
        isSecret: Bool = false
    ) {
        self.name = name
        self.type = type
        self.help = help
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.isSecret = isSecret
    }

    /// The settings that every connector has.
    static func common(baseURL: String) -> [SettingField] {
        [
            SettingField("baseURL", .url, help: "Address of the API.", default: .string(baseURL)),
            SettingField(
                "allowInsecureHTTP",
                .boolean,
                help: "Allow http to hosts other than this machine; credentials then travel unencrypted.",
                default: false
            ),
        ]
    }
}

/// What values a setting takes.
public indirect enum SettingType: Sendable {
    /// Any text that is not empty.
    case string
    /// An absolute http or https URL.
    case url
    /// A platform's id: text that is not empty, or a whole number, which the connector sees as text.
    case identifier
    /// A whole number in a range.
    case integer(ClosedRange<Int64>)
    /// True or false.
    case boolean
    /// An ISO 8601 date or time.
    case timestamp
    /// One of these words.
    case choice([String])
    /// One value, or a list of them.
    case oneOrMore(SettingType)
    /// A list.
    case list(SettingType)
    /// Named values.
    case object([SettingField])

    /// The type's name in help and tables.
    public var name: String {
        switch self {
        case .string: "text"
        case .url: "URL"
        case .identifier: "text or whole number"
        case .integer(let range): SettingType.name(of: range)
        case .boolean: "true or false"
        case .timestamp: "date or time"
        case .choice(let words): words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .oneOrMore(let element): "\(element.name), or a list"
        case .list(let element): "list of \(element.name)"
        case .object(let fields): "{ \(fields.map(\.name).joined(separator: ", ")) }"
        }
    }

    private static func name(of range: ClosedRange<Int64>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (.min, .max): "whole number"
        case (let lower, .max): "whole number from \(lower)"
        case (.min, let upper): "whole number to \(upper)"
        case (let lower, let upper): "\(lower) … \(upper)"
        }
    }
}
