import JSON5
import RawJSON
import RecordingKit

extension ManifestReader {
    /// Reads how recordings are read.
    ///
    /// - Parameter bound: the names that steps bind.
    func recordings(_ place: ManifestPlace?, _ bound: Set<String>, _ around: Surroundings) -> RecordingsPlan? {
        guard let place else { return nil }
        var names = around.listingNames.adding(bound)
        let rows = self.rows(place, names, adding: around.additions)
        let bind = bindings(place.member("bind"), names)
        names = names.adding(bind.map(\.name))
        let id = value(place.member("id"), names: names)
        // What follows is read all the same, so that every problem is told at once.
        var plan = RecordingsPlan(rows: rows ?? .none, bind: bind, id: id ?? .row)
        readFacts(place, names, into: &plan)
        plan.context = bindings(place.member("context"), names)
        for binding in plan.context where TextForm.errorCode.complaint(about: binding.name) != nil {
            guard let member = place.member("context")?.member(binding.name) else { continue }
            log.add("names in context are in snake_case", at: member)
        }
        plan.parameters = bindings(place.member("parameters"), names)
        plan.keepsItem = place.member("raw")?.text == "item"
        plan.withholding = withholding(place.member("withhold"))
        plan.accessRevision = values(place.member("accessRevision"), names: names)
        plan.echo = echo(place, names, around)
        plan.splitAbove = splitAbove(place.member("splitAbove"), around)
        return rows == nil || id == nil ? nil : plan
    }

    private func readFacts(_ place: ManifestPlace, _ names: KnownNames, into plan: inout RecordingsPlan) {
        plan.title = value(place.member("title"), names: names)
        plan.startedAt = value(place.member("startedAt"), default: .time, names: names)
        plan.endedAt = value(place.member("endedAt"), default: .time, names: names)
        plan.createdAt = value(place.member("createdAt"), default: .time, names: names)
        plan.updatedAt = value(place.member("updatedAt"), default: .time, names: names)
        plan.status = status(place.member("status"), names)
        plan.rawStatus = value(place.member("rawStatus"), names: names)
        plan.error = value(place.member("error"), default: .json, names: names)
        plan.host = person(place.member("host"), names)
        plan.site = value(place.member("site"), names: names)
    }

    /// Reads where someone's name, address and id are.
    func person(_ place: ManifestPlace?, _ names: KnownNames) -> PersonPlan {
        PersonPlan(
            id: value(place?.member("id"), names: names),
            name: value(place?.member("name"), names: names),
            email: value(place?.member("email"), names: names)
        )
    }

    /// Reads what is removed from what the platform sent.
    func withholding(_ place: ManifestPlace?) -> Withholding? {
        guard let place else { return nil }
        return attempt(place) { () throws(ValueProblem) in try Withholding(place.elements.compactMap(\.text)) }
    }

    private func status(_ place: ManifestPlace?, _ names: KnownNames) -> StatusPlan {
        guard let place else { return StatusPlan(value: .constant("available")) }
        guard place.isList else {
            checkWords(place, ManifestTable.statuses)
            return StatusPlan(value: value(place, names: names))
        }
        var plan = StatusPlan()
        for (index, element) in place.elements.enumerated() {
            let isCase = element.member("is") != nil
            if isCase {
                guard let when = condition(element.member("when"), names: names), let word = element.member("is")?.text
                else { continue }
                plan.cases.append((when: when, result: RecordingStatus(rawValue: word)))
            } else if index + 1 == place.elements.count {
                checkWords(element, ManifestTable.statuses)
                plan.value = value(element, names: names)
            } else if log.isEmptyWithin(element) {
                log.add("a value ends the list: what stands behind it never counts", at: element)
            }
        }
        return plan
    }

    /// Notes constants and results of tables that are none of the words of a field.
    func checkWords(_ place: ManifestPlace, _ words: [String]) {
        var fixed: [ManifestPlace] = []
        if let text = place.text, !text.isEmpty, !text.hasPrefix("/"), !text.contains("{") { fixed.append(place) }
        fixed += [place.member("constant")].compactMap(\.self) + (place.member("table")?.members.map(\.place) ?? [])
        for fixed in fixed {
            guard let text = fixed.text, !words.contains(text) else { continue }
            log.add(
                "found \"\(text.shownShort)\", expected \(TextForm.word(words).expectation)",
                at: fixed,
                suggestion: nearestName(to: text, among: words)
            )
        }
        if let otherwise = place.member("otherwise") { checkWords(otherwise, words) }
        for inner in place.member("firstOf")?.elements ?? [] { checkWords(inner, words) }
    }

    private func echo(_ place: ManifestPlace, _ names: KnownNames, _ around: Surroundings) -> EchoPlan? {
        guard let member = place.member("echo") else { return nil }
        if !around.hasWindows { log.add("there are no \"windows\" for an answer to cover", at: member) }
        return EchoPlan(
            from: value(member.member("from"), default: .time, names: names),
            to: value(member.member("to"), default: .time, names: names)
        )
    }

    private func splitAbove(_ place: ManifestPlace?, _ around: Surroundings) -> SplitPlan? {
        guard let place, let total = pointer(place.member("total")),
            let limit = place.member("limit")?.integer
        else { return nil }
        if !around.hasWindows { log.add("there are no \"windows\" to halve", at: place) }
        return SplitPlan(total: total, limit: limit)
    }
}

extension ValueExpression {
    /// A fixed text.
    static func constant(_ text: String) -> ValueExpression? { try? ValueExpression(text) }

    /// The row itself.
    static let row = ValueExpression.path(ValuePath(JSONPointer()), .text)
}
