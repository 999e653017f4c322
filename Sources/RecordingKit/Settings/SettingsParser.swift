/// Walks configured values along their specification, collecting values, secrets and problems.
struct SettingsParser {
    private(set) var secrets: [String: Secret] = [:]
    private(set) var plainValues: [String: String] = [:]
    private(set) var problems: [SettingProblem] = []

    /// Checks an object's members, and returns those that are not secret, with defaults filled in.
    mutating func parse(
        _ input: [String: SettingValue],
        as fields: [SettingField],
        path: [String]
    ) -> [String: SettingValue] {
        let names = fields.map(\.name)
        for name in input.keys.sorted() where !names.contains(name) {
            report(path + [name], "Unknown setting \"\(name)\".", knownNames: names)
        }
        var values: [String: SettingValue] = [:]
        for field in fields {
            guard let value = input[field.name] ?? field.defaultValue else {
                if field.isRequired {
                    report(path + [field.name], "The setting \"\(field.name)\" is missing: \(field.help)")
                }
                continue
            }
            guard let checked = check(value, as: field.type, path: path + [field.name]) else { continue }
            let dotted = (path + [field.name]).joined(separator: ".")
            if field.isSecret {
                if case .string(let text) = checked { secrets[dotted] = Secret(text) }
            } else {
                if case .string(let text) = checked { plainValues[dotted] = text }
                values[field.name] = checked
            }
        }
        return values
    }

    /// Checks one value; nil when it has a problem.
    private mutating func check(_ value: SettingValue, as type: SettingType, path: [String]) -> SettingValue? {
        switch (type, value) {
        case (.string, .string(let text)), (.identifier, .string(let text)):
            return text.isEmpty ? fail(path, "This must not be empty.") : value
        case (.url, .string(let text)):
            return HTTPURL(text) == nil
                ? fail(path, "Expected an absolute http or https URL without user information.") : value
        case (.identifier, .integer(let number)):
            return .string(String(number))
        case (.integer(let range), .integer(let number)):
            return range.contains(number)
                ? value : fail(path, "Expected \(type.name).")
        case (.boolean, .boolean):
            return value
        case (.timestamp, .string(let text)):
            return Timestamp(text) == nil
                ? fail(path, "Expected a date such as 2026-01-31 or a time such as 2026-01-31T08:00:00Z.") : value
        case (.choice(let words), .string(let text)):
            return words.contains(text) ? value : fail(path, "Expected one of \(type.name).", knownNames: words)
        case (.oneOrMore(let element), .list(let values)), (.list(let element), .list(let values)):
            if values.isEmpty { return fail(path, "This list must not be empty.") }
            let checked = values.enumerated().map { check($1, as: element, path: path + [String($0)]) }
            return checked.contains(nil) ? nil : .list(checked.compactMap { $0 })
        case (.oneOrMore(let element), _):
            return check(value, as: element, path: path)
        case (.object(let fields), .object(let members)):
            return .object(parse(members, as: fields, path: path))
        default:
            return fail(path, "Expected \(type.name), found \(value.kindName).")
        }
    }

    private mutating func fail(_ path: [String], _ message: String, knownNames: [String] = []) -> SettingValue? {
        report(path, message, knownNames: knownNames)
        return nil
    }

    private mutating func report(_ path: [String], _ message: String, knownNames: [String] = []) {
        problems.append(SettingProblem(path: path, message: message, knownNames: knownNames))
    }
}
