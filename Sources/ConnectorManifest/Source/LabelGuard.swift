import RecordingKit

/// Keeps e-mails out of what people are shown, whatever they are encoded in.
enum LabelGuard {
    /// The shortest Base64 text in which an e-mail fits.
    private static let shortestWord = 8

    /// Whether a text, or what it encodes, looks like an e-mail.
    static func showsEmail(_ text: String) -> Bool {
        var decoded = text
        for _ in 0..<3 {
            if decoded.contains("@") || words(of: decoded).contains(where: encodesEmail) { return true }
            guard let next = PercentEncoding.decode(decoded), next != decoded else { return false }
            decoded = next
        }
        return decoded.contains("@")
    }

    /// Runs of the characters of Base64, with `/` as one of them and as what separates them.
    private static func words(of text: String) -> [Substring] {
        let isSeparator: (Character) -> Bool = { !($0.isASCII && ($0.isLetter || $0.isNumber || "+/-_".contains($0))) }
        let words = text.split(whereSeparator: isSeparator)
        return words + words.filter { $0.contains("/") }.flatMap { $0.split(separator: "/") }
    }

    private static func encodesEmail(_ word: Substring) -> Bool {
        guard word.utf8.count >= shortestWord, let bytes = Base64.decode(word.utf8) else { return false }
        // Chance makes an "@" of random bytes, but not a text around it.
        return bytes.contains(UInt8(ascii: "@")) && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
