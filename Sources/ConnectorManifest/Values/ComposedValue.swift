import RawJSON
import RecordingKit

/// A value with more to it than where it comes from.
struct ComposedValue: Sendable, Hashable {
    enum Source: Sendable, Hashable {
        case path(ValuePath, ValuePick?)
        case template(TextTemplate)
        case firstOf([ValueExpression])
        case constant(ValueResult)
    }

    private let source: Source
    private let conversion: ValueConversion
    private let table: [String: String]?
    private let ignoringCase: Bool
    private let otherwise: ValueExpression?
    private let plus: ValueExpression?
    private let unit: DurationUnit
    private let condition: Condition?

    init(_ parts: ValueParts, default name: ValueConversion.Name) throws(ValueProblem) {
        let pick = try parts.pick.map { word throws(ValueProblem) in
            try ComposedValue.word(word, ValuePick.self, kind: "pick", member: "pick")
        }
        // A sum is of whole numbers whatever the field takes otherwise.
        let conversion = try ValueConversion(
            parts.conversion,
            default: pick == .sum || pick == .count ? .integer : name,
            zone: parts.zone,
            pattern: parts.pattern
        )
        source = try ComposedValue.source(parts, pick)
        try ComposedValue.check(pick, conversion)
        if parts.ignoringCase, parts.table == nil {
            throw ValueProblem("ignoringCase is for a table", member: "ignoringCase")
        }
        if parts.plus != nil, !conversion.name.isTime {
            throw ValueProblem("only to a time a length of time can be added", member: "plus")
        }
        self.conversion = conversion
        table = try parts.table.map { table throws(ValueProblem) in
            try ComposedValue.table(table, ignoringCase: parts.ignoringCase)
        }
        ignoringCase = parts.ignoringCase
        otherwise = parts.otherwise
        plus = parts.plus
        unit =
            try parts.unit.map { word throws(ValueProblem) in
                try ComposedValue.word(word, DurationUnit.self, kind: "unit", member: "unit")
            } ?? .seconds
        condition = parts.when
    }

    var names: [String] {
        let own: [String]
        switch source {
        case .path, .constant: own = []
        case .template(let template): own = template.names
        case .firstOf(let values): own = values.flatMap(\.names)
        }
        return own + (otherwise?.names ?? []) + (plus?.names ?? []) + (condition?.names ?? [])
    }

    var usesRow: Bool {
        let isOwn =
            switch source {
            case .path: true
            case .constant: false
            case .template(let template): template.usesRow
            case .firstOf(let values): values.contains(where: \.usesRow)
            }
        return isOwn || otherwise?.usesRow == true || plus?.usesRow == true || condition?.usesRow == true
    }

    var mayBeTime: Bool {
        if conversion.name.isTime || otherwise?.mayBeTime == true { return true }
        switch source {
        case .firstOf(let values): return values.contains(where: \.mayBeTime)
        case .template: return conversion.name == .text
        case .path, .constant: return false
        }
    }
}

// MARK: - Evaluating

extension ComposedValue {
    func evaluate(row: JSONValue?, names: NameScope) -> ValueResult {
        if condition?.holds(row: row, names: names) ?? true {
            let result = main(row, names)
            if result != .absent { return result }
        }
        guard let otherwise else { return .absent }
        return conversion.convert(otherwise.evaluate(row: row, names: names))
    }

    private func main(_ row: JSONValue?, _ names: NameScope) -> ValueResult {
        var result: ValueResult
        switch source {
        case .path(let path, let pick):
            // A word is looked up as it was sent, and what the table says is converted.
            let reading = table == nil || conversion.keepsText ? conversion : .text
            result =
                pick.map { ComposedValue.choose($0, path, reading, row) } ?? ValueExpression.read(path, reading, row)
        case .template(let template): result = template.evaluate(row: row, names: names)
        case .firstOf(let values):
            result = .absent
            for value in values {
                result = value.evaluate(row: row, names: names)
                if result != .absent { break }
            }
        case .constant(let constant): result = constant
        }
        if let table {
            guard let word = result.text else { return result }
            let found = table[ignoringCase ? word.lowercased() : word]
            result = found.map { .present($0) } ?? .absent
            if conversion.keepsText { return result }
        }
        return adding(to: conversion.convert(result), row, names)
    }

    private func adding(to result: ValueResult, _ row: JSONValue?, _ names: NameScope) -> ValueResult {
        guard let plus, case .time(let time) = result else { return result }
        let amount = plus.evaluate(row: row, names: names)
        if case .failed = amount { return amount }
        guard let text = amount.text else { return .absent }
        guard let number = DecimalNumber(text), let (duration, digits) = unit.duration(number) else {
            return .failed("is not a length of time")
        }
        let sum = time.advanced(by: duration)
        return .time(
            Timestamp(
                secondsSince1970: sum.seconds,
                nanoseconds: Int64(sum.nanoseconds),
                fractionDigits: max(Int(time.fractionDigits), digits)
            )
        )
    }

    private static func choose(
        _ pick: ValuePick,
        _ path: ValuePath,
        _ conversion: ValueConversion,
        _ row: JSONValue?
    ) -> ValueResult {
        guard let row else { return .absent }
        // Things may be counted whatever they are.
        let reading = pick == .count ? ValueConversion(.json) : conversion
        return pick.choose(path.all(in: row).map(reading.read).filter { $0 != .absent })
    }
}

// MARK: - Reading the declaration

extension ComposedValue {
    private static func source(_ parts: ValueParts, _ pick: ValuePick?) throws(ValueProblem) -> Source {
        var sources: [Source] = []
        if let from = parts.from {
            do {
                if from.isEmpty || from.hasPrefix("/") {
                    sources.append(.path(try ValuePath(from), pick))
                } else {
                    sources.append(.template(try TextTemplate(from)))
                }
            } catch {
                var problem = ValueProblem(error.message, member: "from")
                (problem.unknown, problem.known) = (error.unknown, error.known)
                throw problem
            }
        }
        if !parts.firstOf.isEmpty { sources.append(.firstOf(parts.firstOf)) }
        if let constant = parts.constant { sources.append(.constant(constant)) }
        guard let source = sources.first, sources.count == 1 else {
            throw ValueProblem("a value comes from one of from, firstOf and constant")
        }
        if pick != nil {
            guard case .path(let path, _) = source, path.hasWildcard else {
                throw ValueProblem("pick chooses among the values of a path with \"*\"", member: "pick")
            }
        }
        return source
    }

    private static func check(_ pick: ValuePick?, _ conversion: ValueConversion) throws(ValueProblem) {
        switch pick {
        case .sum where conversion.name != .integer:
            throw ValueProblem("a sum is of whole numbers", member: "pick")
        case .min where conversion.keepsText, .max where conversion.keepsText:
            throw ValueProblem(
                "the smallest and the largest are of times or whole numbers: as says which",
                member: "pick"
            )
        default: return
        }
    }

    private static func table(
        _ table: [String: String],
        ignoringCase: Bool
    ) throws(ValueProblem) -> [String: String] {
        guard !table.isEmpty else { throw ValueProblem("a table has at least one word", member: "table") }
        guard ignoringCase else { return table }
        var folded: [String: String] = [:]
        for (word, result) in table {
            guard folded.updateValue(result, forKey: word.lowercased()) == nil else {
                throw ValueProblem("two words of the table differ in case alone", member: "table")
            }
        }
        return folded
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ word: String,
        _ type: Word.Type,
        kind: String,
        member: String
    ) throws(ValueProblem) -> Word where Word.RawValue == String {
        if let known = Word(rawValue: word) { return known }
        throw .unknownWord(word, kind: kind, known: Word.allCases.map(\.rawValue), member: member)
    }
}
