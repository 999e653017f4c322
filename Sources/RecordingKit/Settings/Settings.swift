/// A source's settings after they were checked, without the secret ones: what a connector gets to see.
public struct Settings: Sendable {
    private let values: [String: SettingValue]

    /// Wraps checked values; made by ``SettingsSpecification/parse(_:)``.
    init(values: [String: SettingValue]) { self.values = values }

    /// The value of a setting, or nil when it was not given and has no default.
    public subscript(name: String) -> SettingValue? { values[name] }

    /// The text of a setting, or nil.
    public func string(_ name: String) -> String? {
        guard case .string(let text) = values[name] else { return nil }
        return text
    }

    /// The texts of a setting that takes one or a list; empty when it was not given.
    public func strings(_ name: String) -> [String] {
        switch values[name] {
        case .string(let text): [text]
        case .list(let elements):
            elements.compactMap { element in
                guard case .string(let text) = element else { return nil }
                return text
            }
        default: []
        }
    }

    /// The number of a setting, or nil.
    public func integer(_ name: String) -> Int64? {
        guard case .integer(let number) = values[name] else { return nil }
        return number
    }

    /// The truth value of a setting; false when it was not given.
    public func boolean(_ name: String) -> Bool { values[name] == .boolean(true) }

    /// The instant of a setting, or nil.
    public func timestamp(_ name: String) -> Timestamp? { string(name).flatMap { Timestamp($0) } }

    /// The objects of a setting that is a list of objects; empty when it was not given.
    public func objects(_ name: String) -> [[String: SettingValue]] {
        guard case .list(let elements) = values[name] else { return [] }
        return elements.compactMap { element in
            guard case .object(let members) = element else { return nil }
            return members
        }
    }
}
