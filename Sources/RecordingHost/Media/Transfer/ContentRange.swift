/// The field `Content-Range` of a part of a file (RFC 9110 §14.4).
struct ContentRange: Equatable {
    /// The first byte that follows, or nil where the range could not be given (416).
    var first: Int64?
    /// The length of the whole file, or nil when the server does not know it.
    var length: Int64?

    /// Reads `bytes 0-99/100`, `bytes 0-99/*` or `bytes */100`; nil for anything else, also where the numbers contradict each other.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
        let parts = words[1].split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        if parts[1] != "*" {
            guard let length = Self.number(parts[1]) else { return nil }
            self.length = length
        }
        if parts[0] == "*" { return }
        let bounds = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let first = Self.number(bounds[0]), let last = Self.number(bounds[1]), first <= last,
            length.map({ last < $0 }) ?? true
        else { return nil }
        self.first = first
    }

    private static func number(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
