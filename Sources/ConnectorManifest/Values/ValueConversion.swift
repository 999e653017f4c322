import RawJSON
import RecordingKit

/// What a value is made into.
struct ValueConversion: Sendable, Hashable {
    /// The conversions by the names that a manifest uses.
    enum Name: String, Sendable, Hashable, CaseIterable {
        case text
        case integer
        case boolean
        case time
        case rfc2822
        case unixSeconds = "unix_seconds"
        case unixMilliseconds = "unix_milliseconds"
        case unixMicroseconds = "unix_microseconds"
        case unixNanoseconds = "unix_nanoseconds"
        case lastPathSegment = "last_path_segment"
        case presignedExpiry = "presigned_expiry"
        case lowercase
        case json

        /// What it reads, for people.
        var help: String {
            switch self {
            case .text: "Text; a number by its own digits."
            case .integer: "A whole number, quoted or not."
            case .boolean: "True or false, quoted or not, or 1 or 0."
            case .time: "A time in RFC 3339 or ISO 8601; one without a zone takes zone, and UTC without it."
            case .rfc2822: "A time as in the header of a mail, such as Tue, 31 Aug 2010 20:36:28 +0000."
            case .unixSeconds: "Seconds since 1970, quoted or not, with or without a fraction."
            case .unixMilliseconds: "Milliseconds since 1970."
            case .unixMicroseconds: "Microseconds since 1970."
            case .unixNanoseconds: "Nanoseconds since 1970."
            case .lastPathSegment: "What follows the last slash of a URL's path or of an id, decoded."
            case .presignedExpiry:
                "When a signed link ends, from its X-Amz-Date and X-Amz-Expires, or its Expires and Signature."
            case .lowercase: "Text in lower case."
            case .json: "Text as it is; anything else as its JSON."
            }
        }

        fileprivate var timeForm: TimeConversion.Form? {
            switch self {
            case .time: .iso
            case .rfc2822: .mail
            case .unixSeconds: .unix(digits: 0)
            case .unixMilliseconds: .unix(digits: 3)
            case .unixMicroseconds: .unix(digits: 6)
            case .unixNanoseconds: .unix(digits: 9)
            default: nil
            }
        }

        /// Whether what comes of it is an instant.
        var isTime: Bool { timeForm != nil || self == .presignedExpiry }
    }

    let name: Name
    private let time: TimeConversion?

    static let text = ValueConversion(.text)

    init(_ name: Name) {
        self.name = name
        time = name.timeForm.map { TimeConversion($0) }
    }

    /// Reads a conversion as a manifest declares it.
    ///
    /// - Parameters:
    ///   - word: its name; nil for the default.
    ///   - zone: the offset of times that name none.
    ///   - pattern: how times are written.
    init(_ word: String?, default name: Name, zone: String?, pattern: String?) throws(ValueProblem) {
        var name = name
        if let word {
            guard let known = Name(rawValue: word) else {
                throw .unknownWord(word, kind: "conversion", known: Name.allCases.map(\.rawValue), member: "as")
            }
            name = known
        }
        if pattern != nil, word == nil { name = .time }
        self.name = name
        let offset = try zone.map { text throws(ValueProblem) in try TimeConversion.zone(text) } ?? 0
        if let pattern {
            guard name == .time else { throw ValueProblem("a pattern is for times", member: "pattern") }
            time = TimeConversion(.pattern(try TimePattern(pattern)), zone: offset)
        } else {
            guard zone == nil || name == .time else {
                throw ValueProblem("a zone is for times that are written without one", member: "zone")
            }
            time = name.timeForm.map { TimeConversion($0, zone: offset) }
        }
    }

    /// Whether texts stay texts, so that more can be done with them.
    var keepsText: Bool { [.text, .lowercase, .lastPathSegment, .json].contains(name) }
}

// MARK: - Reading

extension ValueConversion {
    /// Reads a value of a row.
    func read(_ value: JSONValue) -> ValueResult {
        switch value.kind {
        case .null: return .absent
        case .string: return convert(value.string ?? "")
        case .number:
            if name == .integer, let number = value.integer { return .integer(number) }
            return convert(value.numberText ?? "")
        case .boolean:
            let truth = value.boolean == true
            return name == .boolean ? .boolean(truth) : convert(truth ? "true" : "false")
        case .object, .array:
            guard name == .json else { return .failed("is not a single value") }
            return .text(String(decoding: value.rawBytes, as: UTF8.self))
        }
    }

    /// Converts a text.
    func convert(_ text: String) -> ValueResult {
        if text.isEmpty { return .absent }
        if let time { return time.read(text).map { .time($0) } ?? .failed("is not a time as declared") }
        switch name {
        case .integer: return DecimalNumber(text)?.integer.map { .integer($0) } ?? .failed("is not a whole number")
        case .boolean: return ValueConversion.truth(text)
        case .lowercase: return .text(text.lowercased())
        case .lastPathSegment: return ValueConversion.lastPathSegment(text)
        case .presignedExpiry:
            return HTTPURL(text).flatMap { PresignedURL($0).expiresAt }.map { .time($0) } ?? .absent
        default: return .text(text)
        }
    }

    /// Converts what another value came to.
    func convert(_ result: ValueResult) -> ValueResult {
        switch result {
        case .text(let text): convert(text)
        case .integer(let number): name == .integer || name == .text ? result : convert(String(number))
        case .boolean(let truth): name == .boolean || name == .text ? result : convert(truth ? "true" : "false")
        case .time, .absent, .failed: result
        }
    }

    private static func truth(_ text: String) -> ValueResult {
        switch text.lowercased() {
        case "true", "1": .boolean(true)
        case "false", "0": .boolean(false)
        default: .failed("is not true or false")
        }
    }

    private static func lastPathSegment(_ text: String) -> ValueResult {
        var path = text.prefix { $0 != "?" && $0 != "#" }
        // What follows the scheme of a URL is its host, which is no part of the path.
        if let scheme = path.firstRange(of: "://") { path = path[scheme.upperBound...].drop { $0 != "/" } }
        guard let segment = path.split(separator: "/").last else { return .failed("has no path") }
        return .present(PercentEncoding.decode(segment) ?? String(segment))
    }
}
