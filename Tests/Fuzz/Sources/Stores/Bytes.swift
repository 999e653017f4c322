@testable import SQLiteStore

/// An input that is used up piece by piece; past its end there are zeros.
struct Bytes {
    let all: [UInt8]
    private var position = 0

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
        while !isAtEnd {
            let column = sample.columns[Int(number(2)) % sample.columns.count]
            let value =
                switch byte() % 4 {
                case 0: String(Int64(bitPattern: number(8)))
                case 1: "NULL"
                case 2: ["9223372036854775807", "-9223372036854775808", "-1", "0"][Int(byte() % 4)]
                default: text(Int(byte() % 32))
                }
            // A column that does not take the value stays as it is.
            try? connection.execute("UPDATE \(column.table) SET \(column.column) = \(value)")
        }
        try? connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    private mutating func text(_ count: Int) -> String {
        let digits = (0..<count).map { _ in
            let byte = byte()
            return String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "CAST(x'\(digits.joined())' AS TEXT)"
    }
}
