import RawJSON
import RecordingKit

@testable import RecordingHost

/// Holds records to the description of their kind, and remembers which of what is described was seen.
struct SchemaSightings {
    /// What a record has and the description does not allow, one sentence each.
    private(set) var violations: [String] = []
    private var seen: Set<String> = []

    mutating func note(_ record: JSONValue, as schema: RecordSchema) {
        note(record, schema.fields, path: schema.kind.rawValue)
    }

    /// What is described and was never seen.
    func unseen(of schema: RecordSchema) -> [String] {
        expected(schema.fields, path: schema.kind.rawValue).filter { !seen.contains($0) }
    }

    private func expected(_ fields: [RecordField], path: String) -> [String] {
        fields.flatMap { field in
            let path = "\(path).\(field.name)"
            var all = [path]
            if field.isNullable { all.append("\(path) null") }
            if !field.isRequired { all.append("\(path) absent") }
            switch field.type {
            case .word(let words), .words(let words): all += words.map { "\(path) \($0)" }
            case .object(let members): all += expected(members, path: path)
            default: break
            }
            return all
        }
    }

    private mutating func note(_ object: JSONValue, _ fields: [RecordField], path: String) {
        let names = object.members.map(\.name)
        let known = fields.filter { $0.isRequired || names.contains($0.name) }.map(\.name)
        if names != known { violations.append("\(path) has \(names), expected \(known)") }
        for field in fields {
            let path = "\(path).\(field.name)"
            guard let value = object[field.name] else {
                seen.insert("\(path) absent")
                continue
            }
            seen.insert(value.isNull ? "\(path) null" : path)
            if value.isNull {
                if !field.isNullable { violations.append("\(path) is null") }
            } else if !fits(value, field.type, path: path) {
                violations.append("\(path) is \(String(decoding: value.rawBytes, as: UTF8.self))")
            }
        }
    }

    private mutating func fits(_ value: JSONValue, _ type: RecordFieldType, path: String) -> Bool {
        switch type {
        case .text: return value.string != nil
        case .identifier: return value.string?.isEmpty == false
        case .pattern(let pattern):
            guard let text = value.string, let pattern = try? Regex(pattern) else { return false }
            return text.wholeMatch(of: pattern) != nil
        case .time:
            guard let text = value.string, text.hasSuffix("Z") else { return false }
            return Timestamp(text)?.description == text
        case .count: return value.integer.map { $0 >= 0 } ?? false
        case .boolean: return value.boolean != nil
        case .word(let words): return noteWord(value, of: words, path: path)
        case .words(let words):
            return !value.elements.isEmpty
                && value.elements.map { noteWord($0, of: words, path: path) }.allSatisfy { $0 }
        case .object(let members):
            guard value.kind == .object else { return false }
            note(value, members, path: path)
            return true
        case .texts: return value.kind == .object && value.members.allSatisfy { $0.value.string != nil }
        case .platformObject: return value.kind == .object
        }
    }

    private mutating func noteWord(_ value: JSONValue, of words: [String], path: String) -> Bool {
        guard let word = value.string, words.contains(word) else { return false }
        seen.insert("\(path) \(word)")
        return true
    }
}
