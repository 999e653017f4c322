/// A decimal number of any length, kept by its digits so that nothing is lost to rounding.
struct DecimalNumber: Hashable {
    private let isNegative: Bool
    private let digits: [UInt8]
    /// How many of the digits stand before the point; negative when zeros follow the point first.
    private let pointPosition: Int

    /// More digits, and a larger exponent, than any number that fits what is read from it.
    private static let longestText = 64

    /// Reads a number as JSON writes it, or with a sign and leading zeros; nil for everything else.
    init?(_ text: String) {
        guard (1...DecimalNumber.longestText).contains(text.utf8.count) else { return nil }
        var bytes = Array(text.utf8)[...]
        isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        var digits = DecimalNumber.popDigits(&bytes)
        guard !digits.isEmpty else { return nil }
        var point = digits.count
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            let fraction = DecimalNumber.popDigits(&bytes)
            guard !fraction.isEmpty else { return nil }
            digits += fraction
        }
        if let mark = bytes.first, mark | 0x20 == UInt8(ascii: "e") {
            guard let exponent = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)), abs(exponent) <= 400 else {
                return nil
            }
            point += exponent
            bytes = []
        }
        guard bytes.isEmpty else { return nil }
        self.digits = digits
        pointPosition = point
    }

    /// The number when it is whole and fits, however it is written.
    var integer: Int64? {
        guard fractionLength == 0 else { return nil }
        return whole(digitsBefore: pointPosition)
    }

    /// How many digits that are not trailing zeros stand behind the point.
    var fractionLength: Int {
        guard let last = digits.lastIndex(where: { $0 != UInt8(ascii: "0") }) else { return 0 }
        return max(0, last + 1 - pointPosition)
    }

    /// How many digits were written behind the point.
    var writtenFractionLength: Int { max(0, digits.count - pointPosition) }

    /// The number divided by a power of ten, as whole seconds and nanoseconds of the same sign; what is finer is cut off.
    ///
    /// - Parameter digits: the power, such as 3 for milliseconds.
    func seconds(dividedByPowerOfTen digits: Int) -> (seconds: Int64, nanoseconds: Int64)? {
        let point = pointPosition - digits
        guard let seconds = whole(digitsBefore: point) else { return nil }
        var nanoseconds: Int64 = 0
        for offset in 0..<9 { nanoseconds = nanoseconds * 10 + Int64(digit(at: point + offset)) }
        return (seconds, isNegative ? -nanoseconds : nanoseconds)
    }

    private func digit(at position: Int) -> UInt8 {
        digits.indices.contains(position) ? digits[position] - UInt8(ascii: "0") : 0
    }

    private func whole(digitsBefore point: Int) -> Int64? {
        var value: Int64 = 0
        guard point > 0 else { return 0 }
        for position in 0..<point {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(digit(at: position))
            let (sum, overflowsToo) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !overflows, !overflowsToo else { return nil }
            value = sum
        }
        return value
    }

    private static func popDigits(_ bytes: inout ArraySlice<UInt8>) -> [UInt8] {
        let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        bytes = bytes.dropFirst(digits.count)
        return Array(digits)
    }
}
