import RecordingKit

/// A commented configuration, generated from what the connectors say about themselves.
struct ConfigurationTemplate {
    let descriptors: [ConnectorDescriptor]

    /// The environment variables that the configuration refers to.
    var variables: [String] {
        descriptors.flatMap { descriptor in
            required(of: descriptor).compactMap { path in
                guard let field = Self.field(path, of: descriptor), Self.isReferenced(field) else { return nil }
                return Self.variable(path, of: descriptor)
            }
        }
    }

    /// The file's content.
    var text: String {
        var lines = [
            "// What tapedeck reads, and where it writes to. JSON5: comments and trailing commas are welcome.",
            "// \"tapedeck validate\" checks this file, \"tapedeck check\" tries the credentials, \"tapedeck sync\" reads.",
            "{",
            "    // What was read already is remembered here. Paths are relative to this file.",
            "    ledger: \"sqlite:tapedeck.db\",",
            "",
            "    // Accounts on platforms, each under a name of your choice.",
            "    sources: {",
        ]
        for descriptor in descriptors { lines += source(descriptor) }
        lines += [
            "    },",
            "",
            "    // Where records go.",
            "    sinks: [",
            "        { kind: \"jsonl\", directory: \"out\" },",
            "    ],",
            "",
        ]
        lines += media
        lines += [
            "    // Whether records carry the platform's own object.", "    raw: true,", "}",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// How files are fetched and kept, for who wants them; nothing where no connector has any.
    private var media: [String] {
        guard descriptors.contains(where: { $0.produces.contains(.media) }) else { return [] }
        return [
            "    // Media files are fetched from sources whose \"read\" has \"media\", and need a place:",
            "    // media: {",
            "    //     directory: \"out/media\",",
            "    //     parallel: 4,               // files at once",
            "    //     bandwidth: \"20MB/s\",       // of all together; no limit by default",
            "    //     retain: \"2y\",             // what is older \"tapedeck purge\" deletes; for ever by default",
            "    //     hold: { sources: [], recordings: [] },   // never deleted, such as \"\(descriptors[0].id)/4711\"",
            "    //     whenWithdrawn: \"keep\",    // what the platform takes back: keep, quarantine or purge",
            "    // },",
            "",
        ]
    }

    private func source(_ descriptor: ConnectorDescriptor) -> [String] {
        let kinds = descriptor.produces.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        let limits = descriptor.limits
        let required = required(of: descriptor)
        var lines = comment("\(descriptor.name): \(descriptor.summary)", indent: 8)
        lines += [
            "        \(descriptor.id): {", "            connector: \"\(descriptor.id)\",", "            settings: {",
        ]
        let defaults = Dictionary(descriptor.settings.rows.map { ($0.path, $0.defaultText) }) { first, _ in first }
        for field in descriptor.settings.fields {
            lines += setting(field, path: [field.name], of: descriptor, required: required, defaults: defaults)
        }
        lines += [
            "            },",
            "            // read: [\(kinds)],",
            "            // limits: { concurrency: \(limits.concurrency), "
                + "maxWait: \"\(DurationText.format(limits.maximumWait))\" },",
            "        },",
        ]
        return lines
    }

    private func setting(
        _ field: SettingField,
        path: [String],
        of descriptor: ConnectorDescriptor,
        required: [[String]],
        defaults: [String: String?]
    ) -> [String] {
        let indent = 16 + 4 * (path.count - 1)
        let margin = String(repeating: " ", count: indent)
        let isActive = required.contains { $0.starts(with: path) }
        var lines = comment(field.help + (field.isSecret ? " (secret)" : ""), indent: indent)
        if case .object(let fields) = field.type, isActive {
            lines.append("\(margin)\(field.name): {")
            for member in fields {
                lines += setting(
                    member,
                    path: path + [member.name],
                    of: descriptor,
                    required: required,
                    defaults: defaults
                )
            }
            return lines + ["\(margin)},"]
        }
        let known = defaults[path.joined(separator: ".")] ?? nil
        let value = known ?? Self.example(field, path: path, of: descriptor)
        return lines + ["\(margin)\(isActive ? "" : "// ")\(field.name): \(value),"]
    }

    /// The settings that must be given: those that are required, and the credentials of the first way to log in.
    private func required(of descriptor: ConnectorDescriptor) -> [[String]] {
        var paths = descriptor.settings.fields.filter(\.isRequired).map { [$0.name] }
        var scheme = descriptor.authentication
        while case .firstConfigured(let schemes) = scheme.kind, let first = schemes.first { scheme = first }
        for setting in scheme.settings {
            let path = setting.split(separator: ".").map(String.init)
            if !paths.contains(path) { paths.append(path) }
        }
        return paths
    }

    private func comment(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return TextWidth.wrapped(text, to: 112 - indent).map { "\(margin)// \($0)" }
    }

    // MARK: - Values

    private static func field(_ path: [String], of descriptor: ConnectorDescriptor) -> SettingField? {
        var fields = descriptor.settings.fields
        var found: SettingField?
        for name in path {
            found = fields.first { $0.name == name }
            fields = found?.type.members ?? []
        }
        return found
    }

    /// Whether a value comes from the environment: secrets, and texts that only the operator knows.
    private static func isReferenced(_ field: SettingField) -> Bool {
        if field.isSecret { return true }
        switch field.type {
        case .string, .identifier, .url: return field.defaultValue == nil
        default: return false
        }
    }

    private static func example(_ field: SettingField, path: [String], of descriptor: ConnectorDescriptor) -> String {
        isReferenced(field) ? "\"${env:\(variable(path, of: descriptor))}\"" : example(field.type)
    }

    private static func example(_ type: SettingType) -> String {
        switch type {
        case .string, .identifier: "\"…\""
        case .url: "\"https://example.com\""
        case .integer(let range): String(max(range.lowerBound, min(1, range.upperBound)))
        case .boolean: "false"
        case .timestamp: "\"2026-01-01\""
        case .choice(let words): "\"\(words.first ?? "")\""
        case .oneOrMore(let element), .list(let element): "[\(example(element))]"
        case .object(let fields): "{ \(fields.map { "\($0.name): \(example($0.type))" }.joined(separator: ", ")) }"
        }
    }

    /// `CONNECTOR_SETTING_NAME`, from the camel case of the setting.
    static func variable(_ path: [String], of descriptor: ConnectorDescriptor) -> String {
        ([descriptor.id] + path).map(upperSnakeCase).joined(separator: "_")
    }

    private static func upperSnakeCase(_ name: String) -> String {
        var result = ""
        var previousWasLower = false
        for character in name {
            if character.isUppercase, previousWasLower { result.append("_") }
            previousWasLower = !character.isUppercase
            result += character.uppercased()
        }
        return result
    }
}
