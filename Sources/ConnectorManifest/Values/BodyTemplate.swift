import RawJSON

/// A JSON text with holes in its strings.
///
/// A string that is exactly one hole becomes what the name stands for: a number, a list, true or false. A member or element whose
/// hole has no value is left out.
indirect enum BodyTemplate: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// A number by its own digits.
    case number(String)
    case text(TextTemplate)
    case list([BodyTemplate])
    case object([Member])

    struct Member: Sendable, Hashable {
        let name: String
        let value: BodyTemplate
    }

    /// The JSON text with the holes filled; `null` when the whole is a hole without a value.
    ///
    /// - Throws: when a filter cannot be applied to what is there.
    func render(names: NameScope) throws(ValueProblem) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 256)
        if case .absent = try fill(names) { return Array("null".utf8) }
        try write(names, to: &writer)
        return writer.bytes
    }

    /// The names that the holes use, with repeats.
    var names: [String] { templates.flatMap(\.names) }

    /// Whether a hole takes a value of a row.
    var usesRow: Bool { templates.contains(where: \.usesRow) }

    private var templates: [TextTemplate] {
        switch self {
        case .null, .boolean, .number: []
        case .text(let template): [template]
        case .list(let elements): elements.flatMap(\.templates)
        case .object(let members): members.flatMap(\.value.templates)
        }
    }

    private enum Filling {
        case value(NameValue)
        case literal
        case absent
    }

    /// What a string becomes; everything else is written as it stands.
    private func fill(_ names: NameScope) throws(ValueProblem) -> Filling {
        guard case .text(let template) = self, template.literal == nil else { return .literal }
        if let value = try template.soleValue(names) { return .value(value) }
        return try template.text(names).map { .value(.text($0)) } ?? .absent
    }

    private func write(_ names: NameScope, to writer: inout JSONWriter) throws(ValueProblem) {
        switch self {
        case .null: writer.null()
        case .boolean(let truth): writer.boolean(truth)
        case .number(let digits): writer.rawNumber(digits)
        case .text(let template):
            if case .value(let value) = try fill(names) {
                writer.value(value)
            } else {
                writer.string(template.literal ?? "")
            }
        case .list(let elements):
            writer.beginArray()
            for element in elements {
                if case .absent = try element.fill(names) { continue }
                try element.write(names, to: &writer)
            }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                if case .absent = try member.value.fill(names) { continue }
                writer.name(member.name)
                try member.value.write(names, to: &writer)
            }
            writer.endObject()
        }
    }
}
