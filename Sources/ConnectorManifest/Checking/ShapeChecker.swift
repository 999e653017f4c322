import JSON5

/// Holds a manifest against the table of keys: unknown and missing keys, wrong kinds of value, unknown words.
struct ShapeChecker {
    let log: ProblemLog

    /// Checks a value and everything in it.
    func check(_ place: ManifestPlace, as shape: ManifestShape) {
        switch shape {
        case .anything: break
        case .either(let shapes):
            let fitting = shapes.filter { $0.takes(place.node) }
            guard let first = fitting.first else { return refuse(place, shape) }
            // Of several kinds of object the one that is meant is the one with most of the keys.
            let most = fitting.map { $0.knownKeys(of: place.node) }.max() ?? 0
            check(place, as: fitting.first { $0.knownKeys(of: place.node) == most } ?? first)
        default:
            guard shape.takes(place.node) else { return refuse(place, shape) }
            checkInside(place, as: shape)
        }
    }

    private func checkInside(_ place: ManifestPlace, as shape: ManifestShape) {
        switch shape {
        case .text(.word(let words)):
            guard let text = place.text, !words.contains(text) else { return }
            log.add(
                "found \"\(text.shownShort)\", expected \(TextForm.word(words).expectation)",
                at: place,
                suggestion: nearestName(to: text, among: words)
            )
        case .text(let form):
            if let text = place.text, let complaint = form.complaint(about: text) { log.add(complaint, at: place) }
        case .whole(let range):
            guard let number = place.node.number?.integer, range.contains(number) else { return refuse(place, shape) }
        case .number:
            guard let number = place.node.number?.double, number > 0, number.isFinite else {
                return refuse(place, shape)
            }
        case .scalar:
            if place.scalarText == nil { refuse(place, shape) }
        case .list(let element, let minimum):
            if place.elements.count < minimum {
                log.add("the list has too few elements: it must have at least \(minimum)", at: place)
            }
            for inner in place.elements { check(inner, as: element) }
        case .map(let element, _):
            for inner in place.members { check(inner.place, as: element) }
        case .object(let name):
            if let definition = ManifestTable.definition(name) { checkKeys(place, definition) }
        case .boolean, .either, .anything: break
        }
    }

    private func checkKeys(_ place: ManifestPlace, _ definition: ManifestDefinition) {
        for member in place.node.members ?? [] {
            guard let key = definition.key(member.name) else {
                addUnknown(member, definition, place)
                continue
            }
            check(ManifestPlace(node: member.value, path: ManifestPlace.join(place.path, member.name)), as: key.shape)
        }
        for key in definition.keys where key.isRequired && place.node[key.name] == nil {
            log.add("the key \"\(key.name)\" is missing: \(key.help)", at: place)
        }
        let given = definition.keys.filter { place.node[$0.name] != nil }
        if definition.isChoice, given.count != 1 {
            let choices = ManifestShape.joined(definition.keys.map(\.name))
            log.add("found \(given.count) ways, expected one: \(choices)", at: place)
        }
    }

    private func addUnknown(_ member: JSON5Member, _ definition: ManifestDefinition, _ place: ManifestPlace) {
        let names = definition.keys.map(\.name)
        let suggestion = nearestName(to: member.name, among: names)
        let known = suggestion == nil ? "; its keys are \(names.joined(separator: ", "))" : ""
        log.add(
            "there is no key \"\(member.name.shownShort)\" in \(definition.expectation)\(known)",
            at: member.namePosition,
            path: place.path,
            suggestion: suggestion
        )
    }

    private func refuse(_ place: ManifestPlace, _ shape: ManifestShape) {
        let found = place.node.number.map { "the number \($0.text)" } ?? place.node.kindName
        log.add("found \(found), expected \(shape.expectation)", at: place)
    }
}

extension ManifestShape {
    /// Whether a value is of the kind that the shape wants, whatever is in it.
    func takes(_ node: JSON5Node) -> Bool {
        switch (self, node.value) {
        case (.anything, _), (.text, .string), (.whole, .number), (.number, .number), (.boolean, .boolean),
            (.list, .array), (.map, .object), (.object, .object),
            (.scalar, .string), (.scalar, .number), (.scalar, .boolean):
            true
        case (.either(let shapes), _): shapes.contains { $0.takes(node) }
        default: false
        }
    }
}

extension ManifestShape {
    /// How many keys of an object the shape knows.
    fileprivate func knownKeys(of node: JSON5Node) -> Int {
        guard case .object(let name) = self, let definition = ManifestTable.definition(name) else { return 0 }
        return (node.members ?? []).count { definition.key($0.name) != nil }
    }
}

extension String {
    /// The text, cut to what fits into a message.
    var shownShort: String { count > 40 ? "\(prefix(40))…" : self }
}
