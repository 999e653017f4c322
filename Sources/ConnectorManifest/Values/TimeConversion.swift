import RecordingKit

/// How a platform writes times.
struct TimeConversion: Sendable, Hashable {
    enum Form: Sendable, Hashable {
        /// RFC 3339 and what platforms make of ISO 8601.
        case iso
        /// The date of a mail (RFC 2822 and RFC 5322).
        case mail
        /// Since 1970, in units of ten to the minus `digits` seconds.
        case unix(digits: Int)
        case pattern(TimePattern)
    }

    let form: Form
    /// How far east of UTC a time without a zone is, in seconds.
    let zone: Int64

    init(_ form: Form, zone: Int64 = 0) {
        self.form = form
        self.zone = zone
    }

    /// Reads a time; nil when it is not written as declared.
    func read(_ text: String) -> Timestamp? {
        switch form {
        case .iso: iso(text) ?? TimeConversion.tidied(text).flatMap(iso)
        case .mail: MailDate.read(text)
        case .unix(let digits): TimeConversion.unix(text, digits: digits)
        case .pattern(let pattern): pattern.read(text, zone: zone)
        }
    }

    /// Reads `Z`, `UTC`, `GMT`, `+hh`, `+hhmm` or `+hh:mm` as seconds east of UTC.
    static func zone(_ text: String) throws(ValueProblem) -> Int64 {
        if ["Z", "UTC", "GMT"].contains(text.uppercased()) { return 0 }
        if text.hasPrefix("+") || text.hasPrefix("-"), let midnight = Timestamp("1970-01-02T00:00:00\(text)") {
            return 86_400 - midnight.seconds
        }
        throw ValueProblem(
            "a zone is an offset such as \"+02:00\", or \"UTC\"; named zones change over the year and are not known here",
            member: "zone"
        )
    }

    private func iso(_ text: String) -> Timestamp? {
        if zone == 0 { return Timestamp(text) }
        if let zoned = Timestamp(text, unzonedIsUTC: false) { return zoned }
        return Timestamp(text).map { $0.advanced(by: .seconds(-zone)) }
    }

    /// A time whose zone stands behind a space, or is called UTC or GMT, as ISO 8601 has it; nil for any other.
    private static func tidied(_ text: String) -> String? {
        guard let space = text.lastIndex(of: " ") else { return nil }
        let zone = text[text.index(after: space)...]
        if zone.hasPrefix("+") || zone.hasPrefix("-") { return String(text[..<space] + zone) }
        return ["UTC", "GMT", "Z"].contains(zone) ? text[..<space] + "Z" : nil
    }

    private static func unix(_ text: String, digits: Int) -> Timestamp? {
        guard let number = DecimalNumber(text), let parts = number.seconds(dividedByPowerOfTen: digits),
            // Milliseconds that are declared as seconds lie beyond every time that can be written.
            (Timestamp.earliest.seconds + 1...Timestamp.latest.seconds).contains(parts.seconds)
        else { return nil }
        return Timestamp(
            secondsSince1970: parts.seconds,
            nanoseconds: parts.nanoseconds,
            fractionDigits: min(9, digits + number.writtenFractionLength)
        )
    }
}
