import RawJSON
import RecordingKit

extension JSONWriter {
    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ text: String?) {
        guard let text else { return }
        self.name(name)
        string(text)
    }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ time: Timestamp?) {
        guard let time else { return }
        self.name(name)
        string(time.description)
    }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ number: Int64?) {
        guard let number else { return }
        self.name(name)
        integer(number)
    }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ number: Int?) { member(name, number.map(Int64.init)) }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ span: Duration?) { member(name, span.map(SpanText.format)) }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ pointer: JSONPointer?) { member(name, pointer?.description) }

    /// Writes a member when it is true.
    mutating func member(_ name: JSONName, ifTrue truth: Bool) {
        guard truth else { return }
        self.name(name)
        boolean(true)
    }

    /// Writes a member as it was received, unless it is nil.
    mutating func member(_ name: JSONName, raw value: JSONValue?) {
        guard let value else { return }
        self.name(name)
        raw(value)
    }

    /// Writes a member that is a list of texts, unless it is empty.
    mutating func member(_ name: JSONName, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        self.name(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    /// Writes a member that is an object of texts, unless it is empty; in the order of its names.
    mutating func member(_ name: JSONName, _ texts: [String: String]) {
        guard !texts.isEmpty else { return }
        self.name(name)
        beginObject()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            self.name(name)
            string(text)
        }
        endObject()
    }

    /// Writes a configured value; members of objects in the order of their names.
    mutating func setting(_ value: SettingValue) {
        switch value {
        case .string(let text): string(text)
        case .integer(let number): integer(number)
        case .number(let number): double(number)
        case .boolean(let truth): boolean(truth)
        case .list(let elements):
            beginArray()
            for element in elements { setting(element) }
            endArray()
        case .object(let members): settings(members)
        }
    }

    /// Writes configured values in the order of their names.
    mutating func settings(_ values: [String: SettingValue]) {
        beginObject()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            self.name(name)
            setting(value)
        }
        endObject()
    }
}

extension SettingValue {
    /// Reads a configured value; nil for null and for a number that cannot be one.
    init?(_ value: JSONValue) {
        switch value.kind {
        case .null: return nil
        case .string: self = .string(value.string ?? "")
        case .boolean: self = .boolean(value.boolean ?? false)
        case .number:
            if let number = value.integer {
                self = .integer(number)
            } else if let number = value.double {
                self = .number(number)
            } else {
                return nil
            }
        case .array: self = .list(value.elements.compactMap(SettingValue.init))
        case .object: self = .object(SettingValue.members(value))
        }
    }

    /// Reads the values of an object.
    static func members(_ value: JSONValue) -> [String: SettingValue] {
        value.members.reduce(into: [:]) { $0[$1.name] = SettingValue($1.value) }
    }
}
