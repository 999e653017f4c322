import RawJSON
import RecordingHost
import RecordingKit

/// Rows as RFC 4180 has them, made from the records' JSON text, so that both kinds of files say the same.
struct CSVFormat: RecordFormat {
    let name = "csv"
    let quotesLineFeeds = true

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]
    private static let limits = JSONLimits(maximumDepth: 1_024)

    func header(of kind: RecordKind) -> [UInt8] {
        Array(CSVColumn.all(of: kind).map(\.name).joined(separator: ",").utf8) + Self.lineEnd
    }

    func lines(of batch: RecordBatch, _ kind: RecordKind) throws -> [UInt8] {
        let columns = CSVColumn.all(of: kind)
        let lines = batch.lines(of: kind)
        var rows: [UInt8] = []
        rows.reserveCapacity(lines.count)
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            do throws(JSONError) {
                let record = try JSONDocument(parsing: Array(line), limits: Self.limits).root
                for (index, column) in columns.enumerated() {
                    if index > 0 { rows.append(UInt8(ascii: ",")) }
                    CSVField.append(column, of: record, to: &rows)
                }
                rows += Self.lineEnd
            } catch {
                throw TapedeckError(.sinkFailed, "a record of kind \(kind) cannot be written as CSV: \(error)")
            }
        }
        return rows
    }

    func isRecord(_ line: [UInt8], _ kind: RecordKind) -> Bool {
        guard line.last == 0x0D, let row = CSVRow(line.dropLast()), row.isWhole else { return false }
        let columns = CSVColumn.all(of: kind)
        guard row.fields.count == columns.count else { return false }
        return zip(columns, row.fields).allSatisfy { Self.fits($0, $1) }
    }

    /// A row's beginning has no more fields than there are columns, and the whole ones fit; a note may look like that as well.
    func origin(ofTorn piece: [UInt8], _ kind: RecordKind) -> TornOrigin {
        let columns = CSVColumn.all(of: kind)
        let line = piece.last == 0x0D ? piece.dropLast() : piece[...]
        guard let row = CSVRow(line), row.fields.count <= columns.count else { return .foreign }
        let whole = row.fields.dropLast()
        guard zip(columns, whole).allSatisfy({ Self.fits($0, $1) }) else { return .foreign }
        return .unclear
    }

    /// Whether a field may stand in a column, as far as the column says.
    private static func fits(_ column: CSVColumn, _ field: String?) -> Bool {
        switch column.name {
        case "source", "connector": field?.isEmpty == false
        case "id_is_synthetic": field == "true" || field == "false"
        case "observed_at", "as_of": field.flatMap { Timestamp($0, unzonedIsUTC: false) } != nil
        case "started_at", "ended_at", "created_at", "updated_at", "occurred_at", "fetched_at":
            field.map { Timestamp($0, unzonedIsUTC: false) != nil } ?? true
        default: true
        }
    }
}
