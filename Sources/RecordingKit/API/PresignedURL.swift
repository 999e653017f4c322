/// The times in the query of a URL that carries a signature of its own, for links whose platform does not say how long they live.
///
/// Read are `X-Amz-Date` with `X-Amz-Expires` (AWS Signature Version 4), the same two as `X-Goog-…` (Google Cloud Storage), and
/// `Expires` beside a `Signature` (Amazon S3 before that, CloudFront), in seconds since 1970.
public struct PresignedURL {
    /// When the URL stops working; nil when it does not say so without doubt.
    public let expiresAt: Timestamp?

    /// The longest life that can be signed, seven days.
    private static let longestLife: Int64 = 604_800

    /// Reads the query; a parameter that is there twice, or that has no sense, makes nothing be said.
    public init(_ url: HTTPURL) {
        let items = (url.query ?? "").split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        func value(_ name: String) -> Substring? {
            let found = items.filter { $0.first.map(String.init) == name }
            return found.count == 1 && found[0].count == 2 ? found[0][1] : nil
        }
        for scheme in ["Amz", "Goog"] where items.contains(where: { $0.first == "X-\(scheme)-Date" }) {
            let life = value("X-\(scheme)-Expires").flatMap(PresignedURL.number)
            guard let date = value("X-\(scheme)-Date").flatMap(PresignedURL.time), let life,
                (1...PresignedURL.longestLife).contains(life)
            else { break }
            expiresAt = date.advanced(by: .seconds(life))
            return
        }
        // Without a signature, and with a number that is no time of these days, it is a parameter of something else.
        let end = value("Signature") == nil ? nil : value("Expires").flatMap(PresignedURL.number)
        expiresAt = end.flatMap {
            (1_000_000_000...9_999_999_999).contains($0) ? Timestamp(secondsSince1970: $0) : nil
        }
    }

    private static func number(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
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
