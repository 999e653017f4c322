import RecordingKit

extension SQLiteStatement {
    /// Binds the next parameter to the time as text, or to NULL for nil.
    func bind(_ time: Timestamp?) throws(SQLiteError) { try bind(time?.description) }

    /// Binds the next parameter.
    func bind(_ count: Int) throws(SQLiteError) { try bind(Int64(count)) }

    /// The column's number in this row as a count; the nearest that can be one where another program wrote what cannot.
    ///
    /// So the sum of several never overflows.
    func count(_ column: Int32) -> Int { Int(min(max(integer(column), 0), 1 << 48)) }

    /// The number in this row that a recording has, or will have, within its source.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed` when there cannot be so many: who has seen a recording is kept as a bit for
    ///   each, so that a number out of all bounds would take all memory.
    func recordingNumber(_ column: Int32) throws -> Int {
        let number = integer(column)
        guard Self.recordingNumbers.contains(number) else {
            throw TapedeckError(
                .ledgerFailed,
                "the ledger holds a number that no recording has; it was changed by another program"
            )
        }
        return Int(number)
    }

    /// The numbers that a recording can have.
    static let recordingNumbers: Range<Int64> = 0..<1 << 32

    /// The column's bits as a hash; nil for NULL.
    func optionalBits(_ column: Int32) -> UInt64? { isNull(column) ? nil : bits(column) }

    /// The column's text in a column that is never NULL.
    func requiredText(_ column: Int32) -> String { text(column) ?? "" }

    /// The column's time in this row; nil for NULL.
    func optionalTime(_ column: Int32) throws -> Timestamp? {
        guard let text = text(column) else { return nil }
        guard let time = Timestamp(text) else {
            throw TapedeckError(
                .ledgerFailed,
                "the ledger holds a time that cannot be read; it was changed by another program"
            )
        }
        return time
    }

    /// The column's time in a column that is never NULL.
    func time(_ column: Int32) throws -> Timestamp {
        try optionalTime(column) ?? Timestamp(secondsSince1970: 0)
    }
}
