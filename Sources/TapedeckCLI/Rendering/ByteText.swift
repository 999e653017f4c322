/// Numbers of bytes as people read them: `4.2 GB`.
enum ByteText {
    private static let units = ["kB", "MB", "GB", "TB", "PB"]

    /// Writes a number of bytes with two digits or three; a kilobyte has 1 000 bytes.
    static func format(_ bytes: Int64) -> String {
        guard bytes >= 1_000 else { return "\(max(0, bytes)) B" }
        var (value, unit) = (Double(bytes) / 1_000, 0)
        while value >= 999.5, unit < units.count - 1 {
            value /= 1_000
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(units[unit])" : "\(Int(value.rounded())) \(units[unit])"
    }
}
