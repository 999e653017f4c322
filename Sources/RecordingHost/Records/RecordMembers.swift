import RawJSON
import RecordingKit

/// The members of one record's line, found in a single pass, each with where its value lies.
struct RecordMembers {
    /// A member's name on the wire.
    enum Name: String, CaseIterable {
        case source
        case connector
        case id
        case title
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case status
        case statusRaw = "status_raw"
        case error
        case host
        case name
        case email
        case site
        case context
        case observedAt = "observed_at"
        case raw
        case recordingID = "recording_id"
        case views
        case downloads
        case asOf = "as_of"
        case idIsSynthetic = "id_is_synthetic"
        case actor
        case actions
        case occurredAt = "occurred_at"
        case changes
        case selfInduced = "self_induced"
        case rendition
        case path
        case bytes
        case sha256
        case contentType = "content_type"
        case etag
        case fetchedAt = "fetched_at"
        case state
        case reason
    }

    private static let names = Dictionary(uniqueKeysWithValues: Name.allCases.map { ($0.rawValue, $0) })

    private let line: [UInt8]
    /// Each value, and where the one before it ends, which is where the comma before this one is.
    private var members: [Name: (value: JSONValue, start: Int)] = [:]

    init(_ line: [UInt8], limits: JSONLimits) throws(TapedeckError) {
        let root: JSONValue
        do throws(JSONError) {
            root = try JSONDocument(parsing: line, limits: limits).root
        } catch {
            throw TapedeckError(.sinkFailed, error.description)
        }
        guard root.kind == .object else { throw TapedeckError(.sinkFailed, "not a JSON object") }
        self.line = line
        members.reserveCapacity(root.members.count)
        var end = root.rawBytes.startIndex
        for (name, value) in root.members {
            if let known = Self.names[name] { members[known] = (value, end) }
            end = value.rawBytes.endIndex
        }
    }

    /// Where a member lies, from the comma before it to the end of its value.
    func range(_ name: Name) throws(TapedeckError) -> Range<Int> {
        guard let member = members[name] else { throw Self.missing(name) }
        return member.start..<member.value.rawBytes.endIndex
    }

    /// The hash of a part of the line, without the white space between tokens.
    func hash(_ range: some RangeExpression<Int>, seed: UInt64 = 0) -> UInt64 {
        ContentHash.hash(InsignificantSpace.removed(from: line[range]), seed: seed)
    }

    /// The value, or nil when it is null or not there.
    func value(_ name: Name) -> JSONValue? {
        guard let value = members[name]?.value, !value.isNull else { return nil }
        return value
    }

    func text(_ name: Name) throws(TapedeckError) -> String {
        guard let text = try optionalText(name) else { throw Self.missing(name) }
        return text
    }

    func optionalText(_ name: Name) throws(TapedeckError) -> String? {
        try optional(name, "a text", of: value(name)) { $0.string }
    }

    func time(_ name: Name) throws(TapedeckError) -> Timestamp {
        guard let time = try optionalTime(name) else { throw Self.missing(name) }
        return time
    }

    func optionalTime(_ name: Name) throws(TapedeckError) -> Timestamp? {
        try optional(name, "a time", of: value(name)) { Timestamp($0, unzonedIsUTC: false) }
    }

    func optionalInteger(_ name: Name) throws(TapedeckError) -> Int64? {
        try optional(name, "a whole number", of: value(name)) { $0.integer }
    }

    func boolean(_ name: Name) throws(TapedeckError) -> Bool {
        guard let value = try optionalBoolean(name) else { throw Self.missing(name) }
        return value
    }

    func optionalBoolean(_ name: Name) throws(TapedeckError) -> Bool? {
        try optional(name, "true or false", of: value(name)) { $0.boolean }
    }

    func texts(_ name: Name) throws(TapedeckError) -> [String] {
        guard let list = value(name) else { throw Self.missing(name) }
        guard list.kind == .array else { throw Self.unexpected(name, "a list") }
        var texts: [String] = []
        for element in list.elements {
            guard let text = element.string else { throw Self.unexpected(name, "a list of texts") }
            texts.append(text)
        }
        return texts
    }

    func person(_ name: Name) throws(TapedeckError) -> Person {
        guard let object = value(name) else { return Person() }
        guard object.kind == .object else { throw Self.unexpected(name, "an object") }
        return Person(
            id: try part(.id, of: object, in: name),
            name: try part(.name, of: object, in: name),
            email: try part(.email, of: object, in: name)
        )
    }

    func context() throws(TapedeckError) -> [ContextEntry] {
        guard let object = value(.context) else { throw Self.missing(.context) }
        guard object.kind == .object else { throw Self.unexpected(.context, "an object") }
        var entries: [ContextEntry] = []
        for (name, value) in object.members {
            guard let text = value.string else { throw Self.unexpected(.context, "texts") }
            entries.append(ContextEntry(name, text))
        }
        return entries
    }

    private func part(_ part: Name, of object: JSONValue, in name: Name) throws(TapedeckError) -> String? {
        try optional(name, "texts", of: object[part.rawValue]) { $0.string }
    }

    private func optional<Value>(
        _ name: Name,
        _ expectation: String,
        of value: JSONValue?,
        _ read: (JSONValue) -> Value?
    ) throws(TapedeckError) -> Value? {
        guard let value, !value.isNull else { return nil }
        guard let result = read(value) else { throw Self.unexpected(name, expectation) }
        return result
    }

    private static func missing(_ name: Name) -> TapedeckError {
        TapedeckError(.sinkFailed, "\"\(name.rawValue)\" is missing")
    }

    private static func unexpected(_ name: Name, _ expectation: String) -> TapedeckError {
        TapedeckError(.sinkFailed, "\"\(name.rawValue)\" is not \(expectation)")
    }
}
