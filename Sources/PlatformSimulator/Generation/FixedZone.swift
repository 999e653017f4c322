/// A time zone without daylight saving, which is what the simulator renders times in.
struct FixedZone: Sendable, Equatable {
    /// Seconds east of Greenwich.
    let offsetSeconds: Int

    static let utc = FixedZone(offsetSeconds: 0)

    private init(offsetSeconds: Int) {
        self.offsetSeconds = offsetSeconds
    }

    /// The zone of an IANA name that has had one offset for years, or of `Etc/GMT±n` (whose sign is reversed by convention).
    ///
    /// Any other name gives `nil`: rendering a zone with daylight saving wrongly would be worse than rendering UTC.
    init?(name: String) {
        if let offset = Self.named[name] {
            offsetSeconds = offset
            return
        }
        guard name.hasPrefix("Etc/GMT"), let hours = Int(name.dropFirst(7)), (-14...12).contains(hours) else {
            return nil
        }
        offsetSeconds = -hours * 3600
    }

    private static let named: [String: Int] = [
        "UTC": 0, "GMT": 0, "Etc/UTC": 0, "Africa/Abidjan": 0, "Atlantic/Reykjavik": 0,
        "Africa/Lagos": 3600, "Africa/Johannesburg": 7200, "Africa/Nairobi": 10800, "Asia/Dubai": 14400,
        "Asia/Kolkata": 19800, "Asia/Kathmandu": 20700, "Asia/Bangkok": 25200, "Asia/Shanghai": 28800,
        "Asia/Singapore": 28800, "Asia/Tokyo": 32400, "Asia/Seoul": 32400, "America/Phoenix": -25200,
        "America/Bogota": -18000, "America/Sao_Paulo": -10800, "Pacific/Honolulu": -36000,
    ]
}
