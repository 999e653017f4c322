/// One setting as a row of help, flat: a member of an object is a row of its own under a dotted path.
public struct SettingRow: Sendable, Hashable {
    /// Where the setting is, such as `oauth.clientID`; members of a list's elements follow `[]`, as in `calls[].callID`.
    public let path: String
    /// What values it takes, in words.
    public let type: String
    /// Whether it must be given; for a member, whether it must be given when its object is.
    public let isRequired: Bool
    /// Whether its value is a credential.
    public let isSecret: Bool
    /// The default as it would be written in the configuration, or nil when there is none.
    public let defaultText: String?
    /// What it means.
    public let help: String
}

extension SettingsSpecification {
    /// The settings as flat rows, in the order of the specification, each object before its members.
    public var rows: [SettingRow] { SettingsSpecification.rows(of: fields, prefix: "") }

    private static func rows(of fields: [SettingField], prefix: String) -> [SettingRow] {
        fields.flatMap { field -> [SettingRow] in
            let path = prefix + field.name
            let row = SettingRow(
                path: path,
                type: field.type.name,
                isRequired: field.isRequired,
                isSecret: field.isSecret,
                defaultText: field.isSecret ? nil : field.defaultValue?.configurationText,
                help: field.help
            )
            return [row] + members(of: field.type, path: path)
        }
    }

    private static func members(of type: SettingType, path: String) -> [SettingRow] {
        switch type {
        case .object(let fields): rows(of: fields, prefix: path + ".")
        case .list(let element), .oneOrMore(let element): members(of: element, path: path + "[]")
        default: []
        }
    }
}
