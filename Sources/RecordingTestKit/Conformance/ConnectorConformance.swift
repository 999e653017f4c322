public import RecordingKit

/// Checks what every connector promises and no compiler can check.
///
/// Each check returns one sentence for each broken promise; none means that all are kept. Nothing is sent.
public enum ConnectorConformance {
    /// What is wrong with a connector's description of itself.
    public static func problems<Source: Connector>(in type: Source.Type) -> [String] {
        problems(
            in: Source.connector,
            reportsAccess: type is any AccessReporting.Type,
            providesMedia: type is any MediaProviding.Type
        )
    }

    /// What is wrong with a description, however the connector came into the program.
    ///
    /// - Parameters:
    ///   - descriptor: the description.
    ///   - reportsAccess: whether its sources conform to `AccessReporting`; nil when all sources of its kind do.
    ///   - providesMedia: whether its sources conform to `MediaProviding`; nil when all sources of its kind do.
    static func problems(
        in descriptor: ConnectorDescriptor,
        reportsAccess: Bool?,
        providesMedia: Bool?
    ) -> [String] {
        identityProblems(descriptor) + kindProblems(descriptor.produces, reportsAccess, providesMedia)
            + descriptor.settings.contradictions + settingProblems(descriptor.settings.fields, path: [])
            + authenticationProblems(descriptor) + startProblems(descriptor) + limitProblems(descriptor)
    }

    /// What is wrong with a connector's README: the table of settings between its markers must be the generated one.
    ///
    /// The markers are `<!-- settings:begin -->` and `<!-- settings:end -->`, each on a line of its own.
    public static func problems<Source: Connector>(inReadme text: String, of type: Source.Type) -> [String] {
        let table = Source.connector.settings.markdownTable
        return text.contains("<!-- settings:begin -->\n\(table)<!-- settings:end -->\n")
            ? [] : ["The README's table of settings is not the generated one:\n\(table)"]
    }

    /// What is wrong with the listings of one discovery: keys must differ, or else the ranges, and labels are shown
    /// to people.
    public static func problems(in listings: [Listing]) -> [String] {
        struct Name: Hashable {
            let key: String
            let window: TimeWindow?
        }
        var names: Set<Name> = []
        return listings.flatMap { listing in
            var problems: [String] = []
            if !names.insert(Name(key: listing.key, window: listing.window)).inserted {
                problems.append("Two listings share a key: \(listing.label).")
            }
            if listing.key.isEmpty { problems.append("A listing has no key: \(listing.label).") }
            if listing.label.isEmpty { problems.append("A listing has no label.") }
            if listing.label.contains("@") { problems.append("A listing's label holds what looks like an e-mail.") }
            return problems
        }
    }
}

extension ConnectorConformance {
    private static func identityProblems(_ descriptor: ConnectorDescriptor) -> [String] {
        var problems: [String] = []
        let isWellFormed = descriptor.id.utf8.allSatisfy { byte in
            switch byte {
            case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "_"): true
            default: false
            }
        }
        if descriptor.id.isEmpty || !isWellFormed {
            problems.append("The id \"\(descriptor.id)\" must be lower-case letters, digits and underscores.")
        }
        if descriptor.name.isEmpty { problems.append("The connector has no name.") }
        if !descriptor.summary.hasSuffix(".") { problems.append("The summary is not a sentence.") }
        if !descriptor.credentialAdvice.hasSuffix(".") { problems.append("The credential advice is not a sentence.") }
        return problems
    }

    private static func kindProblems(
        _ kinds: [RecordKind],
        _ reportsAccess: Bool?,
        _ providesMedia: Bool?
    ) -> [String] {
        var problems: [String] = []
        if !kinds.contains(.recordings) { problems.append("A connector produces recordings, whatever else it does.") }
        if Set(kinds).count < kinds.count { problems.append("A kind of record is named twice.") }
        for kind in kinds where !RecordKind.all.contains(kind) { problems.append("No sink knows the kind \(kind).") }
        if let reportsAccess, kinds.contains(.accessEvents) != reportsAccess {
            problems.append("Producing access_events and conforming to AccessReporting belong together.")
        }
        if let providesMedia, kinds.contains(.media) != providesMedia {
            problems.append("Producing media and conforming to MediaProviding belong together.")
        }
        return problems
    }

    /// What people would stumble over; what contradicts itself a registry refuses anyway.
    private static func settingProblems(_ fields: [SettingField], path: [String]) -> [String] {
        fields.flatMap { field in
            let name = (path + [field.name]).joined(separator: ".")
            var problems: [String] = []
            if let first = field.name.utf8.first, !(0x61...0x7A).contains(first) {
                problems.append("The setting \(name) is not written in camelCase.")
            }
            if !field.help.hasSuffix(".") { problems.append("The help of \(name) is not a sentence.") }
            return problems + settingProblems(members(of: field.type), path: path + [field.name])
        }
    }

    private static func authenticationProblems(_ descriptor: ConnectorDescriptor) -> [String] {
        let secrets = secretPaths(descriptor.settings.fields, path: [])
        let settings = descriptor.authentication.settings
        var problems = settings.filter { secrets[$0] == nil }.map {
            "Authentication reads the setting \($0), which is not declared."
        }
        if !settings.isEmpty, !settings.contains(where: { secrets[$0] == true }) {
            problems.append("No setting that authentication reads is secret.")
        }
        for (path, isSecret) in secrets.sorted(by: { $0.key < $1.key }) where isSecret && !settings.contains(path) {
            problems.append("The secret \(path) is read by nothing: a connector never sees one.")
        }
        return problems
    }

    private static func startProblems(_ descriptor: ConnectorDescriptor) -> [String] {
        guard let name = descriptor.startSetting else { return [] }
        if case .timestamp? = descriptor.settings.fields.first(where: { $0.name == name })?.type { return [] }
        return ["The start setting \(name) is not declared as a time."]
    }

    private static func limitProblems(_ descriptor: ConnectorDescriptor) -> [String] {
        var problems: [String] = []
        if descriptor.limits.maximumWait <= .zero { problems.append("The longest wait is not above 0.") }
        for span in [descriptor.windowRules.longestSpan, descriptor.windowRules.horizon] {
            if let span, span <= .zero { problems.append("A span of the window rules is not above 0.") }
        }
        for rule in descriptor.responseRules where !(200...599).contains(rule.status) {
            problems.append("A response rule is about the status \(rule.status), which no answer has.")
        }
        return problems
    }

    /// Whether each setting is secret, by dotted path.
    private static func secretPaths(_ fields: [SettingField], path: [String]) -> [String: Bool] {
        fields.reduce(into: [:]) { paths, field in
            let inner = path + [field.name]
            paths[inner.joined(separator: ".")] = field.isSecret
            if case .object(let members) = field.type {
                paths.merge(secretPaths(members, path: inner)) { $1 }
            }
        }
    }

    /// The members of an object, or of the objects in a list.
    private static func members(of type: SettingType) -> [SettingField] {
        switch type {
        case .object(let fields): fields
        case .list(let element), .oneOrMore(let element): members(of: element)
        default: []
        }
    }
}
