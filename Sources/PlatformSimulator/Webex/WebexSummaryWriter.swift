/// Writes rows of the summary report in UTC, thousands for each millisecond, so that measurements show the client.
///
/// All that rows of one topic, site and host share stands ready; a row is a copy of it with the rest written over and after it.
struct WebexSummaryWriter: Sendable {
    /// What rows have in common, up to the first counter.
    struct Template: Sendable {
        let bytes: [UInt8]
        /// Where the time stands, behind its quotation mark.
        let timePlace: Int

        /// Where the identifier stands, behind its quotation mark.
        static let identifierPlace = 16

        init(topic: [UInt8], site: [UInt8], host: [UInt8]) {
            var text = JSONBytes(capacity: 256)
            text.raw("{\"recordingId\":\"00000000000000000000000000000000\",\"topic\":")
            text.raw(topic)
            text.raw(",\"timeRecorded\":\"")
            timePlace = text.bytes.count
            text.raw("0000-00-00T00:00:00Z\",\"siteUrl\":")
            text.raw(site)
            text.raw(",\"hostEmail\":")
            text.raw(host)
            text.raw(",\"viewCount\":")
            bytes = text.bytes
        }
    }

    private let seed: UInt64
    /// By site, topic and host.
    private let templates: [[[Template]]]

    init(seed: UInt64, topics: [[UInt8]], sites: [[UInt8]], hosts: [[[UInt8]]]) {
        self.seed = seed
        templates = sites.indices.map { site in
            topics.map { topic in hosts[site].map { Template(topic: topic, site: sites[site], host: $0) } }
        }
    }

    /// Appends one row.
    ///
    /// - Parameter clock: what is kept from row to row, as most are of the same day.
    func write(_ recording: WebexRecording, to body: inout JSONBytes, clock: inout DayClock) {
        let template = templates[recording.key.site][recording.topic][recording.host]
        let (high, low) = recording.key.identifier(seed: seed)
        let time = clock.digits(of: recording.time)
        let start = body.bytes.count
        body.raw(template.bytes)
        let identifier = start + Template.identifierPlace
        body.overwrite(at: identifier, with: Self.digits(of: high >> 32))
        body.overwrite(at: identifier + 8, with: Self.digits(of: high & 0xffff_ffff))
        body.overwrite(at: identifier + 16, with: Self.digits(of: low >> 32))
        body.overwrite(at: identifier + 24, with: Self.digits(of: low & 0xffff_ffff))
        body.overwrite(at: start + template.timePlace, with: time.0)
        body.overwrite(at: start + template.timePlace + 8, with: time.1)
        body.overwrite(at: start + template.timePlace + 16, with: time.2)
        body.integer(recording.views)
        body.raw(",\"downloadCount\":")
        body.integer(recording.downloads)
        body.raw("}")
    }

    /// The eight hexadecimal digits of 32 bits, the first in the highest byte.
    private static func digits(of half: UInt64) -> UInt64 {
        var spread = (half & 0xffff_0000) << 16 | half & 0xffff
        spread = (spread << 8 | spread) & 0x00ff_00ff_00ff_00ff
        spread = (spread << 4 | spread) & 0x0f0f_0f0f_0f0f_0f0f
        let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return spread &+ 0x3030_3030_3030_3030 &+ letters &* 39
    }
}

/// Lays out times in UTC, and remembers the date of the last one.
struct DayClock: Sendable {
    private var day = Int64.min
    private var date: (UInt64, UInt64) = (0, 0)

    /// The twenty characters of `2026-01-31T08:00:00Z`, the first in the highest byte of the first number.
    mutating func digits(of seconds: Int64) -> (UInt64, UInt64, UInt32) {
        let day = CivilTime.floorDivide(seconds, CivilTime.secondsPerDay)
        if day != self.day {
            self.day = day
            let civil = CivilTime(seconds: seconds)
            let month = Self.pair(civil.month)
            date.0 = Self.pair(civil.year / 100) << 48 | Self.pair(civil.year % 100) << 32
            date.0 |= UInt64(UInt8(ascii: "-")) << 24 | month << 8 | UInt64(UInt8(ascii: "-"))
            date.1 = Self.pair(civil.day) << 48 | UInt64(UInt8(ascii: "T")) << 40
        }
        let rest = UInt64(seconds - day * CivilTime.secondsPerDay)
        let (hour, minute, second) = (
            Self.pair(Int(rest / 3600)), Self.pair(Int(rest / 60 % 60)), Self.pair(Int(rest % 60))
        )
        let colon = UInt64(UInt8(ascii: ":"))
        return (
            date.0, date.1 | hour << 24 | colon << 16 | minute,
            UInt32(colon << 24 | second << 8 | UInt64(UInt8(ascii: "Z")))
        )
    }

    /// Two digits in the lowest two bytes.
    private static func pair(_ number: Int) -> UInt64 {
        let number = UInt64(number)
        return (48 + number / 10) << 8 | (48 + number % 10)
    }
}
