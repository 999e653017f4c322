import RecordingKit

/// The times in the query of a link that is signed as object stores do it.
enum SignedLink {
    /// The longest life that can be signed with version 4, seven days.
    private static let longestLife: Int64 = 604_800

    /// When a link stops working; nil when it does not say so without doubt.
    ///
    /// Read are `X-Amz-Date` with `X-Amz-Expires` (AWS Signature Version 4), their twins `X-Goog-…`, and `Expires` in seconds since
    /// 1970 (Signature Version 2, CloudFront).
    static func expiry(of link: String) -> Timestamp? {
        guard let query = HTTPURL(link)?.query else { return nil }
        let items = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        func value(_ name: String) -> Substring? {
            let found = items.filter { $0.first?.elementsEqual(name) == true }
            return found.count == 1 && found[0].count == 2 ? found[0][1] : nil
        }
        for vendor in ["X-Amz", "X-Goog"] {
            guard let date = value("\(vendor)-Date").flatMap(time),
                let seconds = value("\(vendor)-Expires").flatMap(count),
                (1...longestLife).contains(seconds)
            else { continue }
            return date.advanced(by: .seconds(seconds))
        }
        return value("Expires").flatMap(count).map { Timestamp(secondsSince1970: $0) }
    }

    private static func count(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
    }

    /// Reads the basic form of ISO 8601, such as `20251008T143000Z`.
    private static func time(_ text: Substring) -> Timestamp? {
        let digits = Array(text.utf8)
        guard digits.count == 16 else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        return Timestamp(
            "\(date)\(part(8..<9))\(part(9..<11)):\(part(11..<13)):\(part(13..<15))\(part(15..<16))",
            unzonedIsUTC: false
        )
    }
}
