import RecordingKit

/// Writes times as platforms want them in requests.
enum TimeText {
    static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The time since 1970 in a unit of ten to the minus `digits` seconds; what is finer is cut off.
    static func unix(_ time: Timestamp, digits: Int) -> String {
        var nanoseconds = Int64(time.nanoseconds)
        var seconds = time.seconds
        let isNegative = seconds < 0
        if isNegative {
            // The digits are written of the distance from 1970, so both parts have to point the same way.
            seconds = -seconds
            if nanoseconds > 0 {
                seconds -= 1
                nanoseconds = 1_000_000_000 - nanoseconds
            }
        }
        let fraction = String(String(nanoseconds + 1_000_000_000).dropFirst().prefix(digits))
        let text = String((seconds == 0 ? fraction : "\(seconds)\(fraction)").drop { $0 == "0" })
        return text.isEmpty ? "0" : (isNegative ? "-" : "") + text
    }

    /// The time as in the header of a mail (RFC 5322, section 3.3), in UTC and whole seconds.
    static func rfc2822(_ time: Timestamp) -> String {
        let text = time.wholeSeconds.description
        let date = text.prefix(10).split(separator: "-")
        let days = (time.seconds - (time.seconds % 86_400 + 86_400) % 86_400) / 86_400
        // 1 January 1970 was a Thursday.
        let weekday = weekdays[Int(((days + 4) % 7 + 7) % 7)]
        let month = Int(date[1]).map { months[$0 - 1] } ?? ""
        return "\(weekday), \(date[2]) \(month) \(date[0]) \(text.dropFirst(11).prefix(8)) +0000"
    }
}
