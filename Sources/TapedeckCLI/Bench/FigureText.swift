/// Numbers as people read them in a table.
enum FigureText {
    /// A whole number in groups of three digits: `200 000`.
    static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(" ") }
            grouped.append(digit)
        }
        return number < 0 ? "-\(grouped)" : grouped
    }

    /// A number with three digits that say something: `0.052`, `5.21`, `52.1`, `5 210`.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "" }
        let size = abs(value)
        let places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3
        return decimal(value, places: places)
    }

    /// A span in the unit that suits it: `21 ms`, `1.23 s`, `2 min 05 s`.
    static func span(_ seconds: Double) -> String {
        if seconds < 0.9995 {
            let milliseconds = seconds * 1_000
            return milliseconds < 9.95
                ? "\(decimal(milliseconds, places: 1)) ms" : "\(decimal(milliseconds, places: 0)) ms"
        }
        if seconds < 99.95 { return "\(number(seconds)) s" }
        let whole = Int(seconds.rounded())
        let rest = whole % 60
        return "\(whole / 60) min \(rest < 10 ? "0" : "")\(rest) s"
    }

    /// How many in a second: `65`, `9 400`, `163 k`, `1.3 M`.
    static func rate(_ value: Double) -> String {
        switch value {
        case ..<99_950: value < 99.95 ? number(value) : count(Int(value.rounded()))
        case ..<999_500: "\(decimal(value / 1_000, places: 0)) k"
        default: "\(number(value / 1_000_000)) M"
        }
    }

    /// A share in whole per cent: `12 %`.
    static func percent(_ share: Double) -> String { "\(decimal(share * 100, places: 0)) %" }

    /// A number with so many digits after the point, at most three.
    static func decimal(_ value: Double, places: Int) -> String {
        let power = [1, 10, 100, 1_000][min(max(places, 0), 3)]
        let scaled = (abs(value) * Double(power)).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let units = Int(scaled)
        let whole = count(units / power)
        let sign = value < 0 && units > 0 ? "-" : ""
        guard power > 1 else { return sign + whole }
        let fraction = String(units % power)
        let zeros = String(repeating: "0", count: String(power).count - 1 - fraction.count)
        return "\(sign)\(whole).\(zeros)\(fraction)"
    }
}
