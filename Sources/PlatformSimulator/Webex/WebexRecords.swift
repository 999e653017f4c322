/// A row of the summary report, as a complete archive holds it.
package struct WebexSummary: Sendable, Equatable {
    package var recordingID: String
    package var topic: String
    package var timeRecorded: Int64
    package var siteURL: String
    package var hostEmail: String
    package var viewCount: Int
    package var downloadCount: Int
}

/// A row of the detail report.
///
/// Absent members are `nil`; some rows have an empty text in their place.
package struct WebexAccessRow: Sendable, Equatable {
    package var name: String?
    package var email: String?
    package var accessTime: Int64
    package var viewed: Bool
    package var downloaded: Bool

    package init(name: String?, email: String?, accessTime: Int64, viewed: Bool, downloaded: Bool) {
        self.name = name
        self.email = email
        self.accessTime = accessTime
        self.viewed = viewed
        self.downloaded = downloaded
    }
}

/// Names a recording by its site and its place there.
///
/// Generated recordings count from the newest; late ones follow from `firstLate`.
struct WebexKey: Sendable, Hashable {
    static let firstLate = 1 << 32

    let site: Int
    let ordinal: Int

    var packed: UInt64 { UInt64(site) << 40 | UInt64(ordinal) }

    /// The two halves of the 32 hexadecimal digits that the API shows.
    func identifier(seed: UInt64) -> (high: UInt64, low: UInt64) {
        let high = SeededHash.mix(packed ^ seed)
        return (high, SeededHash.mix(high &+ 0x5eed))
    }

    init(site: Int, ordinal: Int) {
        self.site = site
        self.ordinal = ordinal
    }

    /// Reads an identifier back; `nil` for any text that is not one of this seed's.
    init?(identifier text: String, seed: UInt64) {
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16), low == SeededHash.mix(high &+ 0x5eed)
        else { return nil }
        let packed = SeededHash.unmix(high) ^ seed
        site = Int(packed >> 40)
        ordinal = Int(packed & (1 << 40 - 1))
    }

    func identifierText(seed: UInt64) -> String {
        let (high, low) = identifier(seed: seed)
        var bytes = JSONBytes(capacity: 32)
        bytes.hexadecimal(high)
        bytes.hexadecimal(low)
        return String(decoding: bytes.bytes, as: UTF8.self)
    }
}

/// A recording without its texts, small enough to be made anew for every page.
struct WebexRecording: Sendable {
    var key: WebexKey
    var time: Int64
    var topic: Int
    var host: Int
    var views: Int
    var downloads: Int
}

/// A place in a listing, which goes from newer to older and, within one instant, by ordinal.
struct WebexPosition: Sendable, Equatable {
    var time: Int64
    var ordinal: Int

    func precedes(_ other: WebexPosition) -> Bool {
        time != other.time ? time > other.time : ordinal < other.ordinal
    }
}
