import RawJSON
import RecordingKit

/// Settings as JSON: an object by name, in the order in which they are shown.
enum SettingFieldJSON {
    static let members = [
        "type", "choices", "minimum", "maximum", "list", "members", "help", "required", "secret", "default",
    ]

    static func read(_ value: JSONValue, _ place: String) throws -> [SettingField] {
        guard value.kind == .object else { throw ProtocolViolation("its \(place) are not an object") }
        return try value.members.map { name, value in
            var reader = try MemberReader(value, "setting")
            let type = try readType(&reader)
            let field = SettingField(
                name,
                type,
                help: try reader.requiredText("help"),
                default: reader.member("default").flatMap { SettingValue($0) },
                isRequired: try reader.boolean("required") ?? false,
                isSecret: try reader.boolean("secret") ?? false
            )
            try reader.finish(members)
            return field
        }
    }

    private static func readType(_ reader: inout MemberReader) throws -> SettingType {
        let element: SettingType
        switch try reader.requiredText("type") {
        case "text": element = .string
        case "url": element = .url
        case "identifier": element = .identifier
        case "boolean": element = .boolean
        case "time": element = .timestamp
        case "choice": element = .choice(try reader.texts("choices"))
        case "integer":
            let minimum = try reader.integer("minimum") ?? .min
            let maximum = try reader.integer("maximum") ?? .max
            guard minimum <= maximum else { throw reader.wrong("minimum", "at most the maximum") }
            element = .integer(minimum...maximum)
        case "object":
            guard let members = reader.member("members") else { throw reader.missing("members") }
            element = .object(try read(members, "members of a setting"))
        default:
            throw reader.wrong("type", "one of text, url, identifier, integer, boolean, time, choice, object")
        }
        switch try reader.text("list") ?? "no" {
        case "no": return element
        case "yes": return .list(element)
        case "one_or_more": return .oneOrMore(element)
        default: throw reader.wrong("list", "one of no, yes, one_or_more")
        }
    }

    static func write(_ fields: [SettingField], to writer: inout JSONWriter) {
        writer.beginObject()
        for field in fields {
            writer.name(field.name)
            writer.beginObject()
            write(field.type, to: &writer)
            writer.member("help", field.help)
            writer.member("required", ifTrue: field.isRequired)
            writer.member("secret", ifTrue: field.isSecret)
            if let value = field.defaultValue {
                writer.name("default")
                value.write(to: &writer)
            }
            writer.endObject()
        }
        writer.endObject()
    }

    private static func write(_ type: SettingType, to writer: inout JSONWriter) {
        switch type {
        case .string: writer.member("type", "text")
        case .url: writer.member("type", "url")
        case .identifier: writer.member("type", "identifier")
        case .boolean: writer.member("type", "boolean")
        case .timestamp: writer.member("type", "time")
        case .choice(let words):
            writer.member("type", "choice")
            writer.member("choices", words)
        case .integer(let range):
            writer.member("type", "integer")
            if range.lowerBound != .min { writer.member("minimum", range.lowerBound) }
            if range.upperBound != .max { writer.member("maximum", range.upperBound) }
        case .object(let fields):
            writer.member("type", "object")
            writer.name("members")
            write(fields, to: &writer)
        case .list(let element):
            write(element, to: &writer)
            writer.member("list", "yes")
        case .oneOrMore(let element):
            write(element, to: &writer)
            writer.member("list", "one_or_more")
        }
    }
}
