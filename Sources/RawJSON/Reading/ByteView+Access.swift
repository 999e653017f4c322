extension ByteView {
    /// The integer that a run of digits with an optional minus sign stands for, or `nil` when it does not fit.
    func integer(from start: Int, count: Int) -> Int64? {
        let isNegative = self[start] == UInt8(ascii: "-")
        var value: Int64 = 0
        for position in (isNegative ? start + 1 : start)..<start + count {
            let digit = Int64(self[position] &- UInt8(ascii: "0"))
            let scaled = value.multipliedReportingOverflow(by: 10)
            let sum =
                isNegative
                ? scaled.partialValue.subtractingReportingOverflow(digit)
                : scaled.partialValue.addingReportingOverflow(digit)
            guard !scaled.overflow, !sum.overflow else { return nil }
            value = sum.partialValue
        }
        return value
    }
}
