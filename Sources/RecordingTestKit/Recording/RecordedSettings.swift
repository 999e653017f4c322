import RecordingKit

/// A source's settings, and what of them may be shown.
struct RecordedSettings {
    /// What is marked secret.
    let secrets: [String]
    /// What authentication reads beside that, such as a client id.
    let identities: [String]
    private let values: [String: SettingValue]
    private let secretPaths: Set<String>

    init(_ settings: [String: SettingValue], _ descriptor: ConnectorDescriptor) {
        let marked = Set(descriptor.settings.rows.filter(\.isSecret).map(\.path))
        let paths = marked.union(descriptor.authentication.settings)
        var secrets: [String] = []
        var identities: [String] = []
        RecordedSettings.visit(settings, path: "") { path, text in
            if marked.contains(path) {
                secrets.append(text)
            } else if paths.contains(path) {
                identities.append(text)
            }
        }
        values = settings
        secretPaths = paths
        self.secrets = secrets
        self.identities = identities
    }

    /// The texts that are not credentials.
    var texts: [String] {
        var texts: [String] = []
        RecordedSettings.visit(values, path: "") { path, text in
            if !secretPaths.contains(path), path != "baseURL" { texts.append(text) }
        }
        return texts
    }

    /// The settings with made-up credentials, other texts as `replace` has them, and without the platform's address.
    func madeUp(_ replace: (String) -> String) -> [String: SettingValue] {
        var copy = values
        copy["baseURL"] = nil
        copy["allowInsecureHTTP"] = nil
        return RecordedSettings.replaced(copy, path: "") { path, text in
            guard secretPaths.contains(path) else { return replace(text) }
            return HTTPURL(text) == nil ? "made-up" : "https://made-up.example"
        }
    }

    private static func visit(
        _ members: [String: SettingValue],
        path: String,
        _ body: (_ path: String, _ text: String) -> Void
    ) {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) { visit(value, path: path + name, body) }
    }

    private static func visit(_ value: SettingValue, path: String, _ body: (String, String) -> Void) {
        switch value {
        case .string(let text): body(path, text)
        case .list(let elements): for element in elements { visit(element, path: path + "[]", body) }
        case .object(let members): visit(members, path: path + ".", body)
        case .integer, .number, .boolean: break
        }
    }

    private static func replaced(
        _ members: [String: SettingValue],
        path: String,
        _ body: (_ path: String, _ text: String) -> String
    ) -> [String: SettingValue] {
        members.reduce(into: [:]) { $0[$1.key] = replaced($1.value, path: path + $1.key, body) }
    }

    private static func replaced(
        _ value: SettingValue,
        path: String,
        _ body: (String, String) -> String
    ) -> SettingValue {
        switch value {
        case .string(let text): .string(body(path, text))
        case .list(let elements): .list(elements.map { replaced($0, path: path + "[]", body) })
        case .object(let members): .object(replaced(members, path: path + ".", body))
        case .integer, .number, .boolean: value
        }
    }
}
