import JSON5
import RecordingHost
import RecordingKit

extension ConfigurationReader {
    private static let sourceNames = ["connector", "settings", "read", "limits"]
    private static let limitNames = ["requestsPerSecond", "concurrency", "maxWait"]

    /// The longest wait that may be configured.
    private static let longestWait = Duration.seconds(7 * 86_400)

    /// Every source that could be understood, in the order of the file.
    mutating func sources(_ node: JSON5Node) -> [SourceConfiguration] {
        guard members(of: node, at: ["sources"], knownNames: nil) != nil, let members = node.members else { return [] }
        if members.isEmpty { report(["sources"], node, "Expected at least one source.") }
        return members.compactMap { member in
            if !Self.isSourceID(member.name) {
                report(
                    ["sources", member.name],
                    member.value,
                    "Expected a source id of at most 64 letters, digits, \"-\", \"_\" and \".\", a letter or digit first."
                )
            }
            return source(member.name, member.value)
        }
    }

    private mutating func source(_ id: String, _ node: JSON5Node) -> SourceConfiguration? {
        let path = ["sources", id]
        guard let members = members(of: node, at: path, knownNames: Self.sourceNames) else { return nil }
        var connector = ""
        if let connectorNode = members["connector"] {
            connector = text(connectorNode, at: path + ["connector"]) ?? ""
        } else {
            report(path + ["connector"], node, "\"connector\" is missing, such as \"webex\".")
        }
        var source = SourceConfiguration(id: id, connector: connector, settings: [:])
        if let settings = members["settings"] {
            let fields = registry[connector]?.descriptor.settings.fields ?? []
            source.settings = settingValues(settings, fields: fields, at: path + ["settings"])
        }
        if let reads = members["read"] { source.reads = kinds(reads, at: path + ["read"]) }
        if let limits = members["limits"] { source.limits = self.limits(limits, at: path + ["limits"]) }
        return source
    }

    private static func isSourceID(_ id: String) -> Bool {
        guard let first = id.utf8.first, first != UInt8(ascii: "-"), id.utf8.count <= 64 else { return false }
        return id.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
            default: false
            }
        } && first != UInt8(ascii: ".") && first != UInt8(ascii: "_")
    }

    private mutating func kinds(_ node: JSON5Node, at path: [String]) -> [RecordKind] {
        guard let elements = elements(of: node, at: path) else { return RecordKind.readByDefault }
        if elements.isEmpty { report(path, node, "This list must not be empty.") }
        let names = RecordKind.all.map(\.rawValue)
        var kinds: [RecordKind] = []
        for (index, element) in elements.enumerated() {
            let place = path + [String(index)]
            guard let name = text(element, at: place) else { continue }
            if !names.contains(name) {
                let suggestion = nearestName(to: name, among: names)
                report(place, element, "Expected one of \(names.joined(separator: ", ")).", suggestion: suggestion)
            } else if !kinds.contains(RecordKind(rawValue: name)) {
                kinds.append(RecordKind(rawValue: name))
            }
        }
        return kinds
    }

    private mutating func limits(_ node: JSON5Node, at path: [String]) -> LimitOverrides {
        var limits = LimitOverrides()
        guard let members = members(of: node, at: path, knownNames: Self.limitNames) else { return limits }
        if let node = members["requestsPerSecond"] {
            if let rate = node.number?.double, rate > 0, rate.isFinite {
                limits.requestsPerSecond = rate
            } else {
                mismatch("a number above 0", at: path + ["requestsPerSecond"], node)
            }
        }
        if let node = members["concurrency"] {
            if let count = node.number?.integer, (1...256).contains(count) {
                limits.concurrency = Int(count)
            } else {
                mismatch("a whole number from 1 to 256", at: path + ["concurrency"], node)
            }
        }
        if let node = members["maxWait"] {
            if node.string == nil {
                expected(DurationText.expectation, at: path + ["maxWait"], node)
            } else if let text = text(node, at: path + ["maxWait"]) {
                limits.maximumWait = DurationText.parse(text)
                if limits.maximumWait.map({ $0 > Self.longestWait }) ?? true {
                    report(path + ["maxWait"], node, "Expected \(DurationText.expectation), at most \"7d\".")
                }
            }
        }
        return limits
    }

    /// Says what was expected in place of a number of the wrong size, or of something that is no number.
    private mutating func mismatch(_ what: String, at path: [String], _ node: JSON5Node) {
        if node.number != nil {
            report(path, node, "Expected \(what).")
        } else {
            expected(what, at: path, node)
        }
    }
}

// MARK: - Settings

extension ConfigurationReader {
    /// An object of settings, references replaced; `fields` tells which of them are secret.
    private mutating func settingValues(
        _ node: JSON5Node,
        fields: [SettingField],
        at path: [String]
    ) -> [String: SettingValue] {
        guard let members = members(of: node, at: path, knownNames: nil) else { return [:] }
        var values: [String: SettingValue] = [:]
        for (name, value) in members {
            let field = fields.first { $0.name == name }
            values[name] = settingValue(value, type: field?.type, isSecret: field?.isSecret ?? false, at: path + [name])
        }
        return values
    }

    private mutating func settingValue(
        _ node: JSON5Node,
        type: SettingType?,
        isSecret: Bool,
        at path: [String]
    ) -> SettingValue? {
        switch node.value {
        case .null:
            report(path, node, "Expected a value, found null; leave the setting out.")
            return nil
        case .boolean(let value): return .boolean(value)
        case .number(let number):
            if let integer = number.integer { return .integer(integer) }
            if let double = number.double { return .number(double) }
            report(path, node, "This number is too large.")
            return nil
        case .string(let text):
            let result = substitution.resolve(text)
            for problem in result.problems { report(path, node, problem) }
            if isSecret, !result.isSubstituted, !text.isEmpty {
                warnAboutSecret(at: path, node)
            }
            return result.text.map(SettingValue.string)
        case .array(let elements):
            let elementType = type?.element
            return .list(
                elements.enumerated().compactMap { index, element in
                    settingValue(element, type: elementType, isSecret: isSecret, at: path + [String(index)])
                }
            )
        case .object:
            return .object(settingValues(node, fields: type?.members ?? [], at: path))
        }
    }
}

extension SettingType {
    /// What a list of this type holds; nil when it is no list.
    var element: SettingType? {
        switch self {
        case .list(let element), .oneOrMore(let element): element
        default: nil
        }
    }

    /// The named values of this type, or of its elements; empty when it has none.
    var members: [SettingField] {
        switch self {
        case .object(let fields): fields
        case .list(let element), .oneOrMore(let element): element.members
        default: []
        }
    }
}
