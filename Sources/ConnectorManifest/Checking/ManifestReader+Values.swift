import RecordingKit

extension ManifestReader {
    /// Reads a value: the short form or the long one.
    ///
    /// - Parameters:
    ///   - conversion: what the field takes when nothing else is said.
    ///   - names: what templates in it may use.
    ///   - hasRow: whether there is a row for paths to lead into.
    func value(
        _ place: ManifestPlace?,
        default conversion: ValueConversion.Name = .text,
        names: KnownNames,
        hasRow: Bool = true
    ) -> ValueExpression? {
        guard let place else { return nil }
        let read: ValueExpression?
        if let text = place.text {
            read = attempt(place) { () throws(ValueProblem) in try ValueExpression(text, default: conversion) }
            check(read?.names ?? [], names, at: place)
        } else if place.isObject {
            read = longValue(place, conversion, names, hasRow)
        } else {
            return nil
        }
        if !hasRow, read?.usesRow == true { log.add("there is no row here for a path to lead into", at: place) }
        return read
    }

    /// Reads a list of values.
    func values(_ place: ManifestPlace?, names: KnownNames) -> [ValueExpression] {
        (place?.elements ?? []).compactMap { value($0, names: names) }
    }

    private func longValue(
        _ place: ManifestPlace,
        _ conversion: ValueConversion.Name,
        _ names: KnownNames,
        _ hasRow: Bool
    ) -> ValueExpression? {
        var parts = ValueParts()
        parts.from = place.member("from")?.text
        parts.firstOf = (place.member("firstOf")?.elements ?? []).compactMap {
            value($0, names: names, hasRow: hasRow)
        }
        parts.constant = place.member("constant").flatMap(constant)
        parts.conversion = place.member("as")?.text
        parts.zone = place.member("zone")?.text
        parts.pattern = place.member("pattern")?.text
        parts.pick = place.member("pick")?.text
        parts.table = place.member("table").map { table in
            Dictionary(table.members.compactMap { word in word.place.scalarText.map { (word.name, $0) } }) { $1 }
        }
        parts.ignoringCase = place.member("ignoringCase")?.boolean ?? false
        parts.otherwise = value(place.member("otherwise"), names: names, hasRow: hasRow)
        if let plus = place.member("plus") {
            parts.plus = value(plus.member("from"), names: names, hasRow: hasRow)
            parts.unit = plus.member("unit")?.text
        }
        parts.when = condition(place.member("when"), names: names)
        // A word or value that the table of keys refused is noted already; what follows from it would only confuse.
        guard log.isEmptyWithin(place) else { return nil }
        let read = attempt(place) { () throws(ValueProblem) in try ValueExpression(parts, default: conversion) }
        if let from = place.member("from"), let text = from.text, !text.isEmpty, !text.hasPrefix("/") {
            check((try? TextTemplate(text))?.names ?? [], names, at: from)
        }
        return read
    }

    private func constant(_ place: ManifestPlace) -> ValueResult? {
        if let truth = place.boolean { return .boolean(truth) }
        if let number = place.integer { return .integer(number) }
        return place.scalarText.map(ValueResult.text)
    }

    /// Reads a condition, or a list of which all must hold.
    func condition(_ place: ManifestPlace?, names: KnownNames) -> Condition? {
        guard let place else { return nil }
        if place.isList {
            return .all(place.elements.compactMap { condition($0, names: names) })
        }
        guard place.isObject else { return nil }
        let combined = ["any", "all", "not"].filter { place.member($0) != nil }
        guard let first = combined.first else { return test(place, names) }
        guard place.members.count == 1, let inner = place.member(first) else {
            log.add("\"\(first)\" stands alone in its condition; put what is beside it into \"all\"", at: place)
            return nil
        }
        switch first {
        case "not": return condition(inner, names: names).map { .not($0) }
        case "any": return .any(inner.elements.compactMap { condition($0, names: names) })
        default: return .all(inner.elements.compactMap { condition($0, names: names) })
        }
    }

    private func test(_ place: ManifestPlace, _ names: KnownNames) -> Condition? {
        guard log.isEmptyWithin(place) else { return nil }
        var parts = ConditionParts()
        parts.at = place.member("at")?.text
        parts.name = place.member("name")?.text
        parts.equals = place.member("equals")?.scalarText
        parts.isIn = place.member("in")?.elements.compactMap(\.scalarText)
        parts.contains = place.member("contains")?.scalarText
        parts.beginsWith = place.member("beginsWith")?.scalarText
        parts.exists = place.member("exists")?.boolean
        parts.ignoringCase = place.member("ignoringCase")?.boolean ?? false
        if let name = place.member("name"), let text = name.text { check([text], names, at: name) }
        return attempt(place) { () throws(ValueProblem) in try Condition(parts) }
    }
}
