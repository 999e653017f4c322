import RecordingKit

/// The times in the query of a URL that is signed as Amazon S3 does it (AWS Signature Version 4, query parameters).
struct PresignedURL {
    /// When the URL stops working; nil when it does not say so without doubt.
    let expiresAt: Timestamp?

    /// The longest life that can be signed, seven days.
    private static let longestLife: Int64 = 604_800

    /// Reads `X-Amz-Date` and `X-Amz-Expires`.
    init(_ url: HTTPURL) {
        let items = (url.query ?? "").split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        func value(_ name: String) -> Substring? {
            let found = items.filter { $0.first.map(String.init) == name }
            return found.count == 1 && found[0].count == 2 ? found[0][1] : nil
        }
        guard let date = value("X-Amz-Date").flatMap(PresignedURL.time), let expires = value("X-Amz-Expires"),
            expires.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(expires),
            (1...PresignedURL.longestLife).contains(seconds)
        else {
            expiresAt = nil
            return
        }
        expiresAt = date.advanced(by: .seconds(seconds))
    }

    /// Reads the basic form of ISO 8601, such as `20251008T143000Z`.
    private static func time(_ text: Substring) -> Timestamp? {
        let digits = Array(text.utf8)
        guard digits.count == 16 else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return Timestamp(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))\(part(8..<9))\(part(9..<11)):\(part(11..<13)):\(part(13..<15))"
                + part(15..<16),
            unzonedIsUTC: false
        )
    }
}
