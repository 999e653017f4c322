/// The settings that a connector takes.
public struct SettingsSpecification: Sendable {
    /// The settings, in the order in which they are shown.
    public let fields: [SettingField]

    /// Lists settings.
    public init(fields: [SettingField]) { self.fields = fields }

    /// Checks configured values against the specification and splits them into what the connector sees and what it must not.
    ///
    /// - Parameter input: the values as configured.
    /// - Returns: the settings, the secrets by path (`accessToken`, `oauth.clientSecret`), and every problem found; the settings
    ///   are usable only when there are none.
    public func parse(_ input: [String: SettingValue]) -> ParsedSettings {
        var parser = SettingsParser()
        let values = parser.parse(input, as: fields, path: [])
        return ParsedSettings(
            settings: Settings(values: values),
            secrets: parser.secrets,
            plainValues: parser.plainValues,
            problems: parser.problems
        )
    }
}

/// What came out of checking a source's settings.
public struct ParsedSettings: Sendable {
    /// What the connector gets.
    public let settings: Settings
    /// What the host keeps, by dotted path.
    public let secrets: [String: Secret]
    /// Texts that are not secret, by dotted path; an authentication scheme may name them too, such as a client id.
    package let plainValues: [String: String]
    /// Every problem found: in each object first the unknown names, then the others in the order of the specification.
    public let problems: [SettingProblem]

    /// The text at a dotted path, secret or not, for the host's authentication.
    package func credential(_ path: String) -> String? { secrets[path]?.value ?? plainValues[path] }
}

/// Something that is wrong with a source's settings.
public struct SettingProblem: Sendable, Hashable {
    /// The names that lead to the value, outermost first; list elements by index.
    public let path: [String]
    /// What is wrong and what was expected, without the value.
    public let message: String
    /// The names or words that are known at that place, when one that is not among them is the problem; else empty.
    public let knownNames: [String]
}
