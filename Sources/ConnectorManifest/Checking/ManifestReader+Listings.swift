import JSON5
import RecordingKit

extension ManifestReader {
    /// What the parts of a manifest share.
    struct Surroundings {
        var settings: DeclaredSettings
        /// Names that are known everywhere.
        var names: KnownNames
        var additions: Additions
        var hasWindows: Bool

        /// The names that requests for a listing know, beside those that steps bind.
        var listingNames: KnownNames {
            hasWindows ? names.adding(["window.from", "window.to"]) : names
        }
    }

    /// Reads how the parts of a source are found.
    func listings(_ place: ManifestPlace?, _ around: Surroundings) -> [ListingPlan] {
        guard let place else { return [ListingPlan(isByWindow: around.hasWindows)] }
        let plans = place.elements.enumerated().map { index, listing in
            if index + 1 < place.elements.count, listing.member("when") == nil {
                log.add("the listings after this one are never used: give it a \"when\", or put it last", at: listing)
            }
            return self.listing(listing, around)
        }
        return plans
    }

    private func listing(_ place: ManifestPlace, _ around: Surroundings) -> ListingPlan {
        let byWindow = place.member("byWindow")
        if byWindow?.boolean == true, !around.hasWindows, let byWindow {
            log.add("there are no \"windows\" to read by", at: byWindow)
        }
        var plan = ListingPlan(isByWindow: byWindow?.boolean ?? around.hasWindows)
        if let condition = self.condition(place.member("when"), names: around.names) {
            if condition.usesRow, let member = place.member("when") {
                log.add("there is no row here: a listing's condition is on settings", at: member)
            }
            plan.condition = condition
        }
        var names = around.listingNames
        for step in place.member("steps")?.elements ?? [] {
            guard let read = self.step(step, names, around) else { continue }
            plan.steps.append(read)
            names = names.adding(read.bind.map(\.name))
        }
        let bound = plan.steps.flatMap { $0.bind.map(\.name) }
        plan.key = template(place.member("key"), names)
        plan.label = label(place.member("label"), names, plan)
        plan.settlesAt = value(
            place.member("settlesAt"),
            default: .time,
            names: names,
            hasRow: !plan.steps.isEmpty
        )
        plan.needed = Set(plan.key?.names ?? bound).intersection(bound)
        return plan
    }

    private func label(_ place: ManifestPlace?, _ names: KnownNames, _ plan: ListingPlan) -> TextTemplate? {
        guard let place, let label = template(place, names) else { return nil }
        for filter in [TemplateFilter.percentEncode, .base64]
        where label.holes.contains(where: { $0.filters.contains(filter) }) {
            log.add("a label is for people, so \"\(filter.rawValue)\" has no place in it", at: place)
        }
        for name in label.names {
            let paths = plan.steps.flatMap(\.bind).filter { $0.name == name }.map { "\($0.value)" }
            guard ([name] + paths).contains(where: { $0.lowercased().contains("mail") }) else { continue }
            log.add("the label would show an e-mail by \"\(name)\": labels are shown and logged", at: place)
        }
        return label
    }

    private func step(_ place: ManifestPlace, _ names: KnownNames, _ around: Surroundings) -> StepPlan? {
        let origins = ["request", "eachOf", "values"].filter { place.member($0) != nil }
        guard origins.count == 1 else {
            log.add("a step has one of request, eachOf and values, found \(origins.count)", at: place)
            return nil
        }
        if origins != ["request"] {
            for key in ["paging", "each", "eachMayBeAbsent", "eachTakesMembers", "ignore"] {
                guard let member = place.member(key) else { continue }
                log.add("\"\(key)\" needs a request", at: member)
            }
        }
        let bind = bindings(place.member("bind"), names)
        for binding in bind where names.names.contains(binding.name) {
            guard let member = place.member("bind")?.member(binding.name) else { continue }
            log.add("the name \"\(binding.name)\" is bound already", at: member)
        }
        guard let origin = origin(place, names, around) else { return nil }
        var step = StepPlan(origin: origin, bind: bind)
        step.condition = condition(place.member("where"), names: names)
        return step
    }

    private func origin(_ place: ManifestPlace, _ names: KnownNames, _ around: Surroundings) -> StepPlan.Origin? {
        if let values = place.member("values") {
            return .values(values.elements.compactMap { $0.scalarText.map { .text($0) } })
        }
        guard let member = place.member("eachOf"), let text = member.text else {
            return rows(place, names, adding: around.additions).map { .rows($0) }
        }
        let name = String(text.dropFirst("settings.".count))
        if let complaint = around.names.complaint(about: text) {
            log.add(complaint.message, at: member, suggestion: complaint.suggestion)
        }
        return .setting(name)
    }
}
