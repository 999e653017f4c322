import JSON5
import RecordingKit

extension ManifestReader {
    /// Reads the settings that an operator configures.
    func settings(_ place: ManifestPlace?) -> [SettingField] {
        (place?.members ?? []).compactMap { member in
            if ["baseURL", "allowInsecureHTTP"].contains(member.name) {
                log.add("the setting \"\(member.name)\" is there without being declared", at: member.place)
                return nil
            }
            return setting(member.name, member.place)
        }
    }

    private func setting(_ name: String, _ place: ManifestPlace) -> SettingField? {
        guard let help = place.member("help")?.text, let element = settingType(place) else { return nil }
        let type: SettingType =
            switch place.member("list")?.text {
            case "yes": .list(element)
            case "one_or_more": .oneOrMore(element)
            default: element
            }
        let field = SettingField(
            name,
            type,
            help: help,
            default: place.member("default").flatMap(settingValue),
            isRequired: place.member("required")?.boolean ?? false,
            isSecret: place.member("secret")?.boolean ?? false
        )
        guard log.isEmptyWithin(place) else { return field }
        for contradiction in SettingsSpecification(fields: [field]).contradictions {
            log.add(contradiction.withoutStop, at: place)
        }
        return field
    }

    private func settingType(_ place: ManifestPlace) -> SettingType? {
        let word = place.member("type")?.text
        let owners = ["choices": ["choice"], "minimum": ["integer"], "maximum": ["integer"], "members": ["object"]]
        for (key, types) in owners.sorted(by: { $0.key < $1.key }) {
            guard let member = place.member(key), let word, !types.contains(word) else { continue }
            log.add("\"\(key)\" is for the type \"\(types[0])\" alone", at: member)
        }
        switch word {
        case "text": return .string
        case "url": return .url
        case "identifier": return .identifier
        case "boolean": return .boolean
        case "time": return .timestamp
        case "integer":
            let minimum = place.member("minimum")?.integer ?? .min
            let maximum = place.member("maximum")?.integer ?? .max
            guard minimum <= maximum else {
                log.add("the minimum is above the maximum", at: place)
                return nil
            }
            return .integer(minimum...maximum)
        case "choice":
            guard let choices = place.member("choices") else {
                log.add("a choice needs the key \"choices\"", at: place)
                return nil
            }
            return .choice(choices.elements.compactMap(\.text))
        case "object":
            guard let members = place.member("members") else {
                log.add("an object needs the key \"members\"", at: place)
                return nil
            }
            return .object(members.members.compactMap { setting($0.name, $0.place) })
        default: return nil
        }
    }

    private func settingValue(_ place: ManifestPlace) -> SettingValue? {
        if let truth = place.boolean { return .boolean(truth) }
        if let number = place.node.number {
            return number.integer.map { .integer($0) } ?? number.double.map { .number($0) }
        }
        if place.isList { return .list(place.elements.compactMap(settingValue)) }
        return place.text.map { .string($0) }
    }
}

extension String {
    /// The sentence without its full stop, as problems are written.
    fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}

/// The settings of a manifest by their dotted names.
struct DeclaredSettings: Sendable {
    /// What is known of one setting.
    struct Entry: Sendable {
        let type: SettingType
        let isSecret: Bool
    }

    let entries: [String: Entry]

    init(_ fields: [SettingField]) { entries = DeclaredSettings.entries(fields, "") }

    /// What templates may read: everything that is not secret.
    var names: KnownNames {
        func qualified(_ isSecret: Bool) -> Set<String> {
            Set(entries.filter { $0.value.isSecret == isSecret }.map { "settings.\($0.key)" })
        }
        return KnownNames(names: qualified(false).union(["settings.baseURL"]), secrets: qualified(true))
    }

    private static func entries(_ fields: [SettingField], _ prefix: String) -> [String: Entry] {
        fields.reduce(into: [:]) { entries, field in
            let name = prefix + field.name
            if case .object(let members) = field.type {
                entries.merge(DeclaredSettings.entries(members, name + ".")) { first, _ in first }
            } else {
                entries[name] = Entry(type: field.type, isSecret: field.isSecret)
            }
        }
    }
}
