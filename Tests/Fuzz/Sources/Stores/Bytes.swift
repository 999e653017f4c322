@testable import SQLiteStore

/// An input that is used up piece by piece; past its end there are zeros.
struct Bytes {
    let all: [UInt8]
    private var position = 0
    private static let mostValues = 24

    init(_ all: [UInt8]) { self.all = all }

    private var isAtEnd: Bool { position >= all.count }

    private mutating func byte() -> UInt8 {
        defer { position += 1 }
        return isAtEnd ? 0 : all[position]
    }

    private mutating func number(_ count: Int) -> UInt64 {
        (0..<count).reduce(0) { number, _ in number << 8 | UInt64(byte()) }
    }

    /// Another file with the damage that the input describes.
    mutating func damage(_ file: [UInt8]) -> [UInt8] {
        var file = file
        while !isAtEnd, !file.isEmpty {
            let kind = byte()
            let place = Int(number(3)) % file.count
            let value = byte()
            switch kind % 8 {
            case 0...3: file[place] = value
            case 4: file[place] ^= 1 << (value & 7)
            case 5: for offset in place..<min(place + Int(value), file.count) { file[offset] = 0 }
            case 6: file.removeSubrange(place...)
            default: file += [UInt8](repeating: value, count: Int(value))
            }
        }
        return file
    }

    /// Puts the values that the input describes into columns of a ledger, as another program might.
    mutating func overwrite(_ sample: SampleLedger) {
        guard let connection = try? SQLiteConnection(path: sample.path, readOnly: false) else {
            stop("the sample cannot be opened")
        }
        // In one transaction, and not very many: a commit for each would take most of the time.
        try? connection.execute("BEGIN")
        for _ in 0..<Self.mostValues where !isAtEnd {
            let column = sample.columns[Int(number(2)) % sample.columns.count]
            let value =
                switch byte() % 5 {
                case 0: String(Int64(bitPattern: number(8)))
                case 1: "NULL"
                case 2: ["9223372036854775807", "-9223372036854775808", "-1", "0"][Int(byte() % 4)]
                case 3: "CAST(\(literal(Int(byte() % 32))) AS TEXT)"
                default: other(column.column)
                }
            // A column that does not take the value stays as it is.
            try? connection.execute("UPDATE \(column.table) SET \(column.column) = \(value)")
        }
        try? connection.execute("COMMIT")
        try? connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    private mutating func literal(_ count: Int) -> String {
        let digits = (0..<count).map { _ in
            let byte = byte()
            return String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "x'\(digits.joined())'"
    }

    /// The bytes that are there, with one of them replaced by up to two others.
    private mutating func other(_ column: String) -> String {
        let place = byte()
        let bytes = literal(Int(byte() % 3))
        return "CAST(substr(\(column), 1, \(place)) || \(bytes) || substr(\(column), \(Int(place) + 2)) AS BLOB)"
    }
}
