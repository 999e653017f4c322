/// What the name of a member or a parameter says of what it holds.
enum MemberNames {
    private static let secret = [
        "password", "passwd", "passcode", "token", "secret", "apikey", "api_key", "credential", "signature",
        "authorization", "cookie", "session", "ticket", "pin", "privatekey", "private_key", "accesskey", "access_key",
        "pwd", "pass", "sig", "auth", "key", "keys", "pins", "otp", "otps", "mfa", "cvv",
    ]
    /// What makes a credential of a `code`.
    private static let secretCode = [
        "access", "join", "dial", "dialin", "otp", "verification", "verify", "pass", "security", "invite", "auth",
        "authorization", "login", "entry", "pin", "sms", "mfa", "confirmation",
    ]
    private static let phone = ["phone", "mobile", "fax", "caller", "callee", "msisdn", "dialin", "ani", "dnis"]
    private static let person = [
        "person", "patient", "caller", "callee", "client", "customer", "contact", "guest", "attendee", "subscriber",
        "employee", "insurance", "ssn", "mrn", "dob", "birth", "birthday", "birthdate",
    ]
    private static let choice = [
        "status", "state", "type", "event", "action", "format", "kind", "role", "mode", "service", "language",
        "object", "reason", "code", "method", "visibility", "level", "codec", "extension",
    ]
    private static let time = ["time", "date", "at", "start", "end", "expires", "expiration", "since", "until"]

    private static let measure = [
        "size", "bytes", "length", "duration", "seconds", "milliseconds", "millis", "ms", "minutes", "hours", "count",
        "total", "page", "pages", "limit", "offset", "max", "min", "per", "index", "remaining", "position", "version",
        "timestamp",
    ]

    /// Whether it holds a credential; the name of a cursor may say so too.
    static func isSecret(_ name: String) -> Bool {
        if ends(name, with: secret) || contains(name, secret.prefix(10)) { return true }
        let joined = words(name).joined()
        return ["code", "codes"].contains { code in
            joined.hasSuffix(code) && secretCode.contains { joined.dropLast(code.count).hasSuffix($0) }
        }
    }

    /// Whether it says where a list goes on.
    static func isCursor(_ name: String) -> Bool {
        words(name).contains { ["next", "prev", "previous", "page", "cursor", "continuation"].contains($0) }
    }

    /// Whether it holds a telephone number.
    static func isPhone(_ name: String) -> Bool { words(name).contains(where: phone.contains) }

    /// Whether it is about somebody outside of the platform, whose ids are known to others.
    static func isPerson(_ name: String) -> Bool { words(name).contains(where: person.contains) }

    /// Whether it holds the day on which somebody was born.
    static func isBirth(_ name: String) -> Bool {
        words(name).contains { ["dob", "birth", "birthday", "birthdate"].contains($0) }
    }

    /// Whether it holds one of a few words.
    static func isChoice(_ name: String) -> Bool { words(name).last.map(choice.contains) ?? false }

    /// Whether it holds a time.
    static func isTime(_ name: String) -> Bool { words(name).contains(where: time.contains) }

    /// Whether it holds a time, a size or a count.
    static func isMeasure(_ name: String) -> Bool { isTime(name) || words(name).contains(where: measure.contains) }

    /// Whether it holds an id.
    static func isID(_ name: String) -> Bool {
        words(name).last.map { ["id", "ids", "uuid", "guid", "uid"].contains($0) } ?? false
    }

    private static func ends(_ name: String, with ends: [String]) -> Bool {
        words(name).last.map(ends.contains) ?? false
    }

    private static func contains(_ name: String, _ parts: some Sequence<String>) -> Bool {
        let lower = name.lowercased()
        return parts.contains { lower.contains($0) }
    }

    /// Whether it is made of words that platforms use, which are nobody's name.
    static func isCommon(_ name: String) -> Bool {
        let words = words(name)
        return !words.isEmpty && words.allSatisfy { CommonWords.all.contains($0) }
    }

    /// The words of a name in `snake_case`, `kebab-case` or `camelCase`, in lower case.
    static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in name {
            if !character.isLetter && !character.isNumber {
                if !word.isEmpty { words.append(word) }
                word = ""
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower, !word.isEmpty {
                words.append(word)
                word = ""
            }
            wasLower = character.isLowercase || character.isNumber
            word += character.lowercased()
        }
        return word.isEmpty ? words : words + [word]
    }
}
