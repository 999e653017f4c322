import RawJSON
import RecordingKit

extension SettingValue {
    /// Reads a value; nil for null, which no setting takes.
    init?(_ json: JSONValue) {
        switch json.kind {
        case .string: self = .string(json.string ?? "")
        case .boolean: self = .boolean(json.boolean ?? false)
        case .number: self = json.integer.map { .integer($0) } ?? .number(json.double ?? 0)
        case .array: self = .list(json.elements.compactMap { SettingValue($0) })
        case .object: self = .object(SettingValue.members(of: json))
        case .null: return nil
        }
    }

    /// The members of an object that have a value.
    static func members(of json: JSONValue) -> [String: SettingValue] {
        json.members.reduce(into: [:]) { $0[$1.name] = SettingValue($1.value) }
    }

    /// Appends the value; members in the order of their names.
    func append(to writer: inout JSONWriter) {
        switch self {
        case .string(let text): writer.string(text)
        case .integer(let number): writer.integer(number)
        case .number(let number): writer.double(number)
        case .boolean(let truth): writer.boolean(truth)
        case .list(let elements):
            writer.beginArray()
            for element in elements { element.append(to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                writer.name(name)
                value.append(to: &writer)
            }
            writer.endObject()
        }
    }

    /// Every text in the value.
    var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .list(let elements): elements.flatMap(\.texts)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.texts)
        case .integer, .number, .boolean: []
        }
    }
}
