extension SettingsSpecification {
    /// What contradicts itself in the specification, one sentence each; empty for a sound one.
    ///
    /// Names are ASCII letters and digits, unique in their object, with a letter first, so that a dotted path names one
    /// setting. A secret is a text without a default: nothing else can be kept from the connector as one value, and a default
    /// would be shown in help. Defaults obey their own type, and a required setting has none.
    public var contradictions: [String] {
        SettingsSpecification.contradictions(in: fields, path: [])
    }

    private static func contradictions(in fields: [SettingField], path: [String]) -> [String] {
        var found: [String] = []
        var names: Set<String> = []
        for field in fields {
            let fieldPath = path + [field.name]
            let dotted = fieldPath.joined(separator: ".")
            if !isName(field.name) { found.append("The setting name \"\(dotted)\" must be ASCII letters and digits.") }
            if !names.insert(field.name).inserted { found.append("The setting \"\(dotted)\" is declared twice.") }
            if field.isSecret { found += contradictions(inSecret: field, at: dotted) }
            if field.defaultValue != nil && field.isRequired {
                found.append("The required setting \"\(dotted)\" has a default.")
            }
            if let value = field.defaultValue, !field.isSecret {
                var parser = SettingsParser()
                _ = parser.parse([field.name: value], as: [field], path: path)
                found += parser.problems.map { "The default of \"\(dotted)\" is not valid: \($0.message)" }
            }
            found += contradictions(inside: field.type, path: fieldPath)
        }
        return found
    }

    private static func contradictions(inSecret field: SettingField, at dotted: String) -> [String] {
        var found: [String] = []
        switch field.type {
        case .string, .url: break
        default: found.append("The secret setting \"\(dotted)\" must be a text or a URL.")
        }
        if field.defaultValue != nil { found.append("The secret setting \"\(dotted)\" has a default.") }
        return found
    }

    private static func contradictions(inside type: SettingType, path: [String]) -> [String] {
        switch type {
        case .object(let fields): contradictions(in: fields, path: path)
        case .list(let element), .oneOrMore(let element): contradictions(inside: element, path: path)
        case .choice(let words):
            words.isEmpty ? ["The setting \"\(path.joined(separator: "."))\" has no word to choose."] : []
        default: []
        }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: false
            }
        }
    }
}
