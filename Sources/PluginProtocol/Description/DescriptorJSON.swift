import RawJSON
import RecordingKit

/// What a connector says of itself as JSON, in the words that a manifest has for it.
enum DescriptorJSON {
    static let members = [
        "id", "name", "version", "summary", "baseURL", "produces", "settings", "authentication", "credentialAdvice",
        "credentialOrigins", "limits", "rateSignals", "responses", "requestIDHeader", "startSetting", "completeness",
        "withheld",
        "windows", "media",
    ]

    static func read(_ value: JSONValue) throws -> ConnectorDescription {
        var reader = try MemberReader(value, "description")
        let baseURL = try reader.requiredText("baseURL")
        let defaults = ConnectorDescriptor(
            id: try reader.requiredText("id"),
            name: try reader.requiredText("name"),
            summary: try reader.requiredText("summary"),
            baseURL: baseURL,
            authentication: .none,
            settings: []
        )
        let version = try reader.scalar("version")
        let produces = try reader.texts("produces").map(RecordKind.init(rawValue:))
        let descriptor = ConnectorDescriptor(
            id: defaults.id,
            name: defaults.name,
            summary: defaults.summary,
            baseURL: baseURL,
            authentication: try reader.member("authentication").map(AuthenticationJSON.read) ?? .none,
            settings: try reader.member("settings").map { try SettingFieldJSON.read($0, "settings") } ?? [],
            produces: produces.isEmpty ? defaults.produces : produces,
            credentialAdvice: try reader.text("credentialAdvice") ?? defaults.credentialAdvice,
            limits: try reader.object("limits").map(readLimits) ?? defaults.limits,
            windowRules: try reader.object("windows").map(readWindows) ?? defaults.windowRules,
            startSetting: try reader.text("startSetting"),
            responseRules: try reader.list("responses").map(ResponseRuleJSON.read),
            rateSignals: try reader.object("rateSignals").map(RateSignalsJSON.read) ?? RateSignals(),
            credentialOrigins: try readOrigins(&reader),
            requestIDHeader: try reader.text("requestIDHeader"),
            media: try reader.object("media").map(readMedia),
            completeness: try reader.text("completeness").map { text in
                text == "reconciled" ? .reconciled : .plausible(because: text)
            } ?? defaults.completeness,
            withheld: try reader.texts("withheld")
        )
        try reader.finish(members)
        return ConnectorDescription(descriptor: descriptor, version: version)
    }

    static func write(_ description: ConnectorDescription, to writer: inout JSONWriter) {
        let descriptor = description.descriptor
        writer.beginObject()
        writer.member("id", descriptor.id)
        writer.member("name", descriptor.name)
        writer.member("version", description.version)
        writer.member("summary", descriptor.summary)
        if case .string(let baseURL)? = descriptor.settings.fields.first(where: { $0.name == "baseURL" })?.defaultValue
        {
            writer.member("baseURL", baseURL)
        }
        writer.member("produces", descriptor.produces.map(\.rawValue))
        writer.name("settings")
        // The first two are those that every connector has.
        SettingFieldJSON.write(Array(descriptor.settings.fields.dropFirst(2)), to: &writer)
        writer.name("authentication")
        AuthenticationJSON.write(descriptor.authentication, to: &writer)
        writer.member("credentialAdvice", descriptor.credentialAdvice)
        write(descriptor.limits, to: &writer)
        write(descriptor.windowRules, to: &writer)
        writer.member("startSetting", descriptor.startSetting)
        if !descriptor.responseRules.isEmpty {
            writer.name("responses")
            writer.beginArray()
            for rule in descriptor.responseRules { ResponseRuleJSON.write(rule, to: &writer) }
            writer.endArray()
        }
        if descriptor.rateSignals != RateSignals() {
            writer.name("rateSignals")
            RateSignalsJSON.write(descriptor.rateSignals, to: &writer)
        }
        writer.member("credentialOrigins", descriptor.credentialOrigins.map(\.description))
        writer.member("requestIDHeader", descriptor.requestIDHeader)
        writer.member("completeness", descriptor.completeness.doubt ?? "reconciled")
        if !descriptor.withheld.isEmpty { writer.member("withheld", descriptor.withheld) }
        if let media = descriptor.media { write(media, to: &writer) }
        writer.endObject()
    }
}

// MARK: - Limits

extension DescriptorJSON {
    private static func readOrigins(_ reader: inout MemberReader) throws -> [OriginPattern] {
        try reader.texts("credentialOrigins").map { text in
            guard let pattern = OriginPattern(text) else {
                throw reader.wrong("credentialOrigins", "a list of https origins, such as https://*.example.com")
            }
            return pattern
        }
    }

    private static func readLimits(_ reader: MemberReader) throws -> ConnectorLimits {
        var reader = reader
        var limits = ConnectorLimits()
        let concurrency = try reader.count("concurrency") ?? limits.concurrency
        let rate = try reader.double("requestsPerSecond")
        let wait = try reader.duration("maxWait") ?? limits.maximumWait
        try reader.finish(["concurrency", "requestsPerSecond", "maxWait"])
        limits = ConnectorLimits(concurrency: concurrency, requestsPerSecond: rate, maximumWait: wait)
        return limits
    }

    private static func write(_ limits: ConnectorLimits, to writer: inout JSONWriter) {
        writer.name("limits")
        writer.beginObject()
        writer.member("concurrency", limits.concurrency)
        if let rate = limits.requestsPerSecond {
            writer.name("requestsPerSecond")
            writer.double(rate)
        }
        writer.member("maxWait", limits.maximumWait)
        writer.endObject()
    }
}

// MARK: - Windows

extension DescriptorJSON {
    private static let units: [(name: String, unit: WindowUnit)] = [
        ("second", .second), ("day", .dayInUTC), ("day_in_unknown_zone", .dayInUnknownZone),
    ]

    private static func readWindows(_ reader: MemberReader) throws -> WindowRules {
        var reader = reader
        var rules = WindowRules(longestSpan: try reader.duration("longest"), horizon: try reader.duration("horizon"))
        if let margin = try reader.duration("margin") { rules.horizonMargin = margin }
        if let name = try reader.text("unit") {
            guard let unit = units.first(where: { $0.name == name })?.unit else {
                throw reader.wrong("unit", "one of \(units.map(\.name).joined(separator: ", "))")
            }
            rules.unit = unit
        }
        rules.includesEnd = try reader.boolean("includesEnd") ?? false
        rules.settlesAfter = try reader.duration("settlesAfter")
        try reader.finish(["longest", "horizon", "margin", "unit", "includesEnd", "settlesAfter"])
        return rules
    }

    private static func write(_ rules: WindowRules, to writer: inout JSONWriter) {
        guard rules.isFilteredByTime else { return }
        writer.name("windows")
        writer.beginObject()
        writer.member("longest", rules.longestSpan)
        writer.member("horizon", rules.horizon)
        writer.member("margin", rules.horizonMargin)
        writer.member("unit", units.first { $0.unit == rules.unit }?.name)
        writer.member("includesEnd", ifTrue: rules.includesEnd)
        writer.member("settlesAfter", rules.settlesAfter)
        writer.endObject()
    }
}

// MARK: - Media

extension DescriptorJSON {
    private static func readMedia(_ reader: MemberReader) throws -> MediaOffer {
        var reader = reader
        var offer = MediaOffer()
        if let rendition = try reader.text("mainRendition") { offer.mainRendition = rendition }
        if let cost = try reader.count("auditCost") { offer.auditCost = cost }
        if let span = try reader.duration("moreRenditionsWithin") { offer.moreRenditionsWithin = span }
        try reader.finish(["mainRendition", "auditCost", "moreRenditionsWithin"])
        return offer
    }

    private static func write(_ offer: MediaOffer, to writer: inout JSONWriter) {
        writer.name("media")
        writer.beginObject()
        writer.member("mainRendition", offer.mainRendition)
        writer.member("auditCost", offer.auditCost)
        writer.member("moreRenditionsWithin", offer.moreRenditionsWithin)
        writer.endObject()
    }
}
