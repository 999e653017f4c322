import RawJSON
import RecordingKit

/// Where a field's value comes from and what is made of it.
///
/// Taken apart once; evaluating it for a row builds nothing but the value.
indirect enum ValueExpression: Sendable, Hashable {
    /// A value of the row.
    case path(ValuePath, ValueConversion)
    /// A text with names in it.
    case template(TextTemplate, ValueConversion)
    /// Everything else that can be said.
    case composed(ComposedValue)

    /// Reads the short form: a path when it is empty or begins with `/`, else a template.
    ///
    /// - Parameter conversion: what the field takes when nothing else is said.
    init(_ text: String, default conversion: ValueConversion.Name = .text) throws(ValueProblem) {
        let conversion = ValueConversion(conversion)
        self =
            text.isEmpty || text.hasPrefix("/")
            ? .path(try ValuePath(text), conversion) : .template(try TextTemplate(text), conversion)
    }

    /// Reads the long form.
    init(_ parts: ValueParts, default conversion: ValueConversion.Name = .text) throws(ValueProblem) {
        self = .composed(try ComposedValue(parts, default: conversion))
    }

    /// What the value is for a row.
    func evaluate(row: JSONValue?, names: NameScope) -> ValueResult {
        switch self {
        case .path(let path, let conversion): ValueExpression.read(path, conversion, row)
        case .template(let template, let conversion): conversion.convert(template.evaluate(row: row, names: names))
        case .composed(let value): value.evaluate(row: row, names: names)
        }
    }

    /// The first value of a path that is not nothing.
    static func read(_ path: ValuePath, _ conversion: ValueConversion, _ row: JSONValue?) -> ValueResult {
        guard let row else { return .absent }
        if !path.hasWildcard { return path.first(in: row).map(conversion.read) ?? .absent }
        var result = ValueResult.absent
        path.visit(row) { value in
            result = conversion.read(value)
            return result == .absent
        }
        return result
    }

    /// The names that it uses, with repeats.
    var names: [String] {
        switch self {
        case .path: []
        case .template(let template, _): template.names
        case .composed(let value): value.names
        }
    }

    /// Whether it looks at the row.
    var usesRow: Bool {
        switch self {
        case .path: true
        case .template(let template, _): template.usesRow
        case .composed(let value): value.usesRow
        }
    }

    /// Whether it may come to a time.
    var mayBeTime: Bool {
        switch self {
        case .path(_, let conversion): conversion.name.isTime
        case .template: true
        case .composed(let value): value.mayBeTime
        }
    }
}
