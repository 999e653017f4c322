import JSON5
import RecordingKit

extension ManifestReader {
    /// Reads how hard the platform may be asked.
    func limits(_ place: ManifestPlace?) -> ConnectorLimits {
        ConnectorLimits(
            concurrency: Int(place?.member("concurrency")?.integer ?? 8),
            requestsPerSecond: place?.member("requestsPerSecond")?.double,
            maximumWait: duration(place?.member("maxWait")) ?? .seconds(900)
        )
    }

    /// Reads what the platform says about ranges of time.
    func windowRules(_ place: ManifestPlace?) -> WindowRules {
        guard let place else { return .unfiltered }
        let rules = WindowRules(
            longestSpan: duration(place.member("longest")),
            horizon: duration(place.member("horizon")),
            horizonMargin: duration(place.member("margin")) ?? .seconds(600),
            unit: windowUnit(place.member("unit")),
            includesEnd: place.member("includesEnd")?.boolean ?? false,
            settlesAfter: duration(place.member("settlesAfter"))
        )
        if let contradiction = rules.contradiction { log.add(contradiction, at: place) }
        for name in ["longest", "horizon"] {
            guard let member = place.member(name), let span = duration(member), span <= .zero else { continue }
            log.add("the span must be above 0", at: member)
        }
        return rules
    }

    /// Reads in what ranges are named.
    func windowUnit(_ place: ManifestPlace?) -> WindowUnit {
        switch place?.text {
        case "day": .dayInUTC
        case "day_in_unknown_zone": .dayInUnknownZone
        default: .second
        }
    }

    /// Reads the answers that mean something else than their status says.
    func responseRules(_ place: ManifestPlace?) -> [ResponseRule] {
        (place?.elements ?? []).compactMap { rule in
            guard let statuses = statuses(rule.member("status")), let means = rule.member("means") else { return nil }
            if rule.member("equals") != nil, rule.member("at") == nil {
                log.add("\"equals\" needs \"at\": where in the answer it must be", at: rule)
            }
            guard let meaning = meaning(means) else { return nil }
            return ResponseRule(
                statuses: statuses,
                at: pointer(rule.member("at")),
                equals: rule.member("equals")?.scalarText,
                wait: wait(rule.member("wait"), means),
                meaning: meaning
            )
        }
    }

    private func statuses(_ place: ManifestPlace?) -> ClosedRange<Int>? {
        if let status = place?.integer, (100...599).contains(status) { return Int(status)...Int(status) }
        switch place?.text {
        case "any": return ResponseRule.anyStatus
        case "2xx": return 200...299
        case "3xx": return 300...399
        case "4xx": return 400...499
        case "5xx": return 500...599
        default: return nil
        }
    }

    private func wait(_ place: ManifestPlace?, _ means: ManifestPlace) -> WaitSignal? {
        guard let place else { return nil }
        if means.text != "retry", means.text != "rate_limited" {
            log.add("there is nothing to wait for: \"means\" is neither \"retry\" nor \"rate_limited\"", at: place)
        }
        let unit = waitUnit(place.member("as"))
        switch (pointer(place.member("at")), place.member("header")?.text) {
        case (let pointer?, nil): return .body(at: pointer, as: unit)
        case (nil, let name?): return .header(name, as: unit)
        default:
            log.add("a wait stands in one place: at or header", at: place)
            return nil
        }
    }

    private func waitUnit(_ place: ManifestPlace?) -> WaitUnit {
        place?.text.flatMap(WaitUnit.init(rawValue:)) ?? .seconds
    }

    /// Reads the header fields in which the platform tells its rate limit.
    func rateSignals(_ place: ManifestPlace?) -> RateSignals {
        func names(_ key: String) -> [String] { place?.member(key)?.oneOrMore.compactMap(\.text) ?? [] }
        return RateSignals(
            limit: names("limit"),
            remaining: names("remaining"),
            reset: names("reset"),
            resetUnit: waitUnit(place?.member("resetAs")),
            retryAfter: names("retryAfter"),
            retryAfterUnit: waitUnit(place?.member("retryAfterAs"))
        )
    }

    private func meaning(_ place: ManifestPlace) -> ResponseRule.Meaning? {
        switch place.text {
        case "retry": return .retry
        case "rate_limited": return .rateLimited
        case "unauthorized": return .unauthorized
        default: return errorCode(place.text, at: place).map { .failure($0) }
        }
    }

    /// Reads how sure it is that what was read to its end is all.
    func completeness(_ place: ManifestPlace?) -> Completeness {
        switch place?.text {
        case "reconciled": .reconciled
        case let doubt?: .plausible(because: doubt)
        case nil: .plausible(because: "the platform gives no totals to hold against what came")
        }
    }

    /// Reads which setting says from when on recordings are wanted.
    func startSetting(_ place: ManifestPlace?, _ settings: DeclaredSettings) -> String? {
        guard let place, let name = place.text else { return nil }
        guard let entry = settings.entries[name] else {
            log.add(
                "the setting \"\(name.shownShort)\" is not declared",
                at: place,
                suggestion: nearestName(to: name, among: settings.entries.keys)
            )
            return nil
        }
        if case .timestamp = entry.type { return name }
        log.add("the setting \"\(name)\" is not of the type \"time\"", at: place)
        return nil
    }
}
