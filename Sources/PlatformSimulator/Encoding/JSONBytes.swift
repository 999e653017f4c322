/// Bytes of a JSON text under construction.
///
/// It appends what it is told and checks no grammar: the writers of the bodies know their shapes.
struct JSONBytes {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Appends text that is valid at this place as it stands.
    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func raw(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
    }

    /// Writes a number over bytes that stand already, the highest byte first.
    mutating func overwrite<Number: FixedWidthInteger & BitwiseCopyable>(at place: Int, with number: Number) {
        precondition(place >= 0 && place + MemoryLayout<Number>.size <= bytes.count)
        unsafe bytes.withUnsafeMutableBytes { all in
            unsafe all.storeBytes(of: number.bigEndian, toByteOffset: place, as: Number.self)
        }
    }

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0a:
                raw("\\n")
            case 0..<0x20:
                raw("\\u00")
                hexadecimal(UInt64(byte), digits: 2)
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func boolean(_ value: Bool) {
        if value { raw("true") } else { raw("false") }
    }

    mutating func integer(_ value: Int) {
        if (0...9).contains(value) {
            bytes.append(UInt8(48 + value))
            return
        }
        var rest = value.magnitude
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var divisor: UInt = 1
        while rest / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(48 + rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    mutating func hexadecimal(_ value: UInt64, digits: Int = 16) {
        for position in (0..<digits).reversed() {
            let nibble = UInt8((value >> UInt64(position * 4)) & 15)
            bytes.append(nibble < 10 ? 48 + nibble : 87 + nibble)
        }
    }

    /// A quoted time in whole seconds, with `Z` for UTC and `±hh:mm` otherwise.
    mutating func timestamp(_ seconds: Int64, zone: FixedZone = .utc) {
        bytes.append(UInt8(ascii: "\""))
        let civil = CivilTime(seconds: seconds + Int64(zone.offsetSeconds))
        digits(civil.year, 4)
        bytes.append(UInt8(ascii: "-"))
        digits(civil.month, 2)
        bytes.append(UInt8(ascii: "-"))
        digits(civil.day, 2)
        bytes.append(UInt8(ascii: "T"))
        digits(civil.hour, 2)
        bytes.append(UInt8(ascii: ":"))
        digits(civil.minute, 2)
        bytes.append(UInt8(ascii: ":"))
        digits(civil.second, 2)
        if zone.offsetSeconds == 0 {
            bytes.append(UInt8(ascii: "Z"))
        } else {
            bytes.append(zone.offsetSeconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
            digits(abs(zone.offsetSeconds) / 3600, 2)
            bytes.append(UInt8(ascii: ":"))
            digits(abs(zone.offsetSeconds) / 60 % 60, 2)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func digits(_ value: Int, _ count: Int) {
        if count == 4 {
            bytes.append(UInt8(48 + value / 1000 % 10))
            bytes.append(UInt8(48 + value / 100 % 10))
        }
        bytes.append(UInt8(48 + value / 10 % 10))
        bytes.append(UInt8(48 + value % 10))
    }
}

extension Int64 {
    /// The instant as the platforms write it: whole seconds, UTC, `Z`.
    package var utcTimestamp: String {
        var bytes = JSONBytes(capacity: 24)
        bytes.timestamp(self)
        return String(decoding: bytes.bytes.dropFirst().dropLast(), as: UTF8.self)
    }
}
