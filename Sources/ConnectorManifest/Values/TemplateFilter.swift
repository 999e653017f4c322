import RawJSON
import RecordingKit

/// What a template does with a value before it is put into the text.
enum TemplateFilter: String, Sendable, Hashable, CaseIterable {
    case date
    case iso
    case isoSeconds = "iso_seconds"
    case unixSeconds = "unix_seconds"
    case unixMilliseconds = "unix_milliseconds"
    case unixNanoseconds = "unix_nanoseconds"
    case rfc2822
    case nextDay = "next_day"
    case lowercase
    case percentEncode = "percent_encode"
    case base64
    case json

    /// What it makes of a value, for people.
    var help: String {
        switch self {
        case .date: "The day of a time in UTC, as YYYY-MM-DD."
        case .iso: "A time as RFC 3339 in UTC; what times are without a filter."
        case .isoSeconds: "A time as RFC 3339 in UTC, cut down to whole seconds."
        case .unixSeconds: "A time as whole seconds since 1970."
        case .unixMilliseconds: "A time as whole milliseconds since 1970."
        case .unixNanoseconds: "A time as nanoseconds since 1970."
        case .rfc2822: "A time as in the header of a mail, such as Tue, 31 Aug 2010 20:36:28 +0000."
        case .nextDay: "The time 24 hours later."
        case .lowercase: "The text in lower case."
        case .percentEncode: "The text with everything but unreserved characters escaped (RFC 3986)."
        case .base64: "The text's UTF-8 bytes in Base64 (RFC 4648, section 4)."
        case .json: "The value as JSON: a text gets quotes and escapes, a list gets brackets."
        }
    }

    /// What becomes of a value; nil when the filter is for times and this is none.
    func apply(to value: NameValue) -> NameValue? {
        switch self {
        case .lowercase: return .text(value.text.lowercased())
        case .percentEncode: return .text(PercentEncoding.encode(value.text))
        case .base64: return .text(Base64.encode(value.text.utf8))
        case .json:
            var writer = JSONWriter()
            writer.value(value)
            return .text(String(decoding: writer.bytes, as: UTF8.self))
        default: break
        }
        guard let time = TemplateFilter.time(value) else { return nil }
        return apply(to: time)
    }

    private func apply(to time: Timestamp) -> NameValue? {
        switch self {
        case .date: .text(time.day)
        case .iso: .text(time.description)
        case .isoSeconds: .text(time.wholeSeconds.description)
        case .unixSeconds: .number(TimeText.unix(time, digits: 0))
        case .unixMilliseconds: .number(TimeText.unix(time, digits: 3))
        case .unixNanoseconds: .number(TimeText.unix(time, digits: 9))
        case .rfc2822: .text(TimeText.rfc2822(time))
        case .nextDay: .time(time.advanced(by: .seconds(86_400)))
        default: nil
        }
    }

    private static func time(_ value: NameValue) -> Timestamp? {
        switch value {
        case .time(let time): time
        case .text(let text): Timestamp(text)
        default: nil
        }
    }
}

extension JSONWriter {
    /// Writes what a name stands for.
    mutating func value(_ value: NameValue) {
        switch value {
        case .text(let text): string(text)
        case .time(let time): string(time.description)
        case .number(let digits): rawNumber(digits)
        case .boolean(let truth): boolean(truth)
        case .list(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        }
    }
}
