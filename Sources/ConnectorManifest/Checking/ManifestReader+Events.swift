import JSON5
import RecordingKit

extension ManifestReader {
    /// Reads where a recording's counters are.
    ///
    /// - Parameter recording: the names that a recording gives to requests about it.
    func accessSummary(
        _ place: ManifestPlace?,
        rowNames: KnownNames,
        recording: Set<String>,
        _ around: Surroundings
    ) -> SummaryPlan? {
        guard let place else { return nil }
        var plan = SummaryPlan()
        var names = rowNames
        if place.member("request") != nil {
            names = around.names.adding(recording)
            plan.rows = rows(place, names, adding: around.additions)
        } else if let paging = place.member("paging") {
            log.add("\"paging\" needs a request", at: paging)
        }
        plan.views = value(place.member("views"), default: .integer, names: names)
        plan.downloads = value(place.member("downloads"), default: .integer, names: names)
        if place.member("views") == nil, place.member("downloads") == nil {
            log.add("a summary has views, downloads, or both", at: place)
        }
        return plan
    }

    /// Reads how is read who accessed a recording.
    func accessEvents(_ place: ManifestPlace?, recording: Set<String>, _ around: Surroundings) -> [EventsPlan] {
        (place?.oneOrMore ?? []).compactMap { events($0, recording, around) }
    }

    private func events(_ place: ManifestPlace, _ recording: Set<String>, _ around: Surroundings) -> EventsPlan? {
        let about = around.names.adding(recording)
        let names = about.adding(["since"])
        let rows = self.rows(place, names, adding: around.additions)
        let actions = self.actions(place.member("actions"), names)
        var plan = EventsPlan(
            rows: rows ?? .none,
            actions: actions ?? .cases([]),
            sinceRules: sinceRules(place.member("since"))
        )
        plan.condition = condition(place.member("when"), names: about)
        if plan.condition?.usesRow == true, let when = place.member("when") {
            log.add("there is no row here: this condition is on settings and recording", at: when)
        }
        plan.id = value(place.member("id"), names: names)
        plan.identity = values(place.member("identity"), names: names)
        if (place.member("id") == nil) == (place.member("identity") == nil) {
            log.add("events are told apart by one of id and identity", at: place)
        }
        plan.actor = person(place.member("actor"), names)
        plan.occurredAt = value(place.member("occurredAt"), default: .time, names: names)
        plan.changes = path(place.member("changes"))
        plan.withholding = withholding(place.member("withhold"))
        plan.belongsTo = owner(place.member("belongsTo"), names)
        return rows == nil || actions == nil ? nil : plan
    }

    private func actions(_ place: ManifestPlace?, _ names: KnownNames) -> ActionsPlan? {
        guard let place else { return nil }
        guard place.isList else {
            checkWords(place, ManifestTable.actions)
            return value(place, names: names).map { .value($0) }
        }
        let cases = place.elements.compactMap { element -> (when: Condition, result: AccessAction)? in
            guard let when = condition(element.member("when"), names: names), let word = element.member("is")?.text
            else {
                return nil
            }
            return (when: when, result: AccessAction(rawValue: word))
        }
        return .cases(cases)
    }

    private func sinceRules(_ place: ManifestPlace?) -> WindowRules {
        WindowRules(longestSpan: nil, horizon: nil, unit: windowUnit(place?.member("unit")), includesEnd: true)
    }

    /// Reads where something says which recording it is about.
    func owner(_ place: ManifestPlace?, _ names: KnownNames) -> OwnerPlan? {
        guard let place, let pointer = pointer(place.member("at")) else { return nil }
        let expected =
            place.member("equals") == nil
            ? try? TextTemplate("{recording.id}") : template(place.member("equals"), names)
        return expected.map { OwnerPlan(pointer: pointer, expected: $0) }
    }
}
