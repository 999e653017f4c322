import RawJSON
import RecordingHost
import RecordingKit

@testable import FileSinks

extension Fuzzer {
    /// CSV: every value comes back from a reader that knows nothing but RFC 4180, and no field begins like a formula.
    ///
    /// The input's first byte chooses the kind of record; its pieces between zero bytes are the values of the fields.
    static let csv = Fuzzer(name: "csv") { bytes in
        guard let first = bytes.first else { return }
        let kinds: [RecordKind] = [.recordings, .accessSummaries, .accessEvents, .media]
        let kind = kinds[Int(first) % kinds.count]
        let texts = bytes.dropFirst().split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let columns = CSVColumn.all(of: kind)
        let values = columns.indices.map { index in index < texts.count ? texts[index] : nil }
        let row = record(columns, values)
        guard let written = try? CSVFormat().lines(of: batch(row, kind), kind) else { stop("a record is refused") }
        demand(written.suffix(2).elementsEqual([0x0D, 0x0A]), "a row has no end")
        demandFields(CSVReading(written), columns, values)
        guard let strict = CSVRow(written.dropLast(2)), strict.isWhole else {
            stop("a row cannot be read for a repair")
        }
        demand(strict.fields.count == columns.count, "a repair sees other fields")
        // Half of a row is never taken for a whole one that ends there.
        for length in [written.count / 2, written.count - 3] where length >= 0 {
            let torn = written.prefix(length)
            let isInside = !torn.count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2)
            demand(!isInside || CSVRow(torn)?.isWhole != true, "a torn row passes for a whole one")
        }
    }

    private static func demandFields(_ reading: CSVReading, _ columns: [CSVColumn], _ values: [String?]) {
        demand(reading.rows.count == 1 && reading.isWhole, "\(reading.rows.count) rows in place of one")
        let fields = reading.rows[0]
        demand(fields.count == columns.count, "\(fields.count) fields in place of \(columns.count)")
        for (index, field) in fields.enumerated() {
            let text = field.text.hasPrefix("'") ? Array(field.bytes.dropFirst()) : field.bytes
            let begins = CSVField.formulaBeginnings.contains { field.bytes.starts(with: $0) }
            demand(!begins, "\(columns[index].name) begins like a formula")
            guard let value = values[index] else {
                demand(field.bytes.isEmpty && !field.isQuoted, "a value that is missing is written")
                continue
            }
            switch columns[index].kind {
            case .scalar:
                demand(text.elementsEqual(value.utf8), "\(columns[index].name) comes back as something else")
                demand(!value.isEmpty || field.isQuoted, "an empty text passes for none")
            case .words: demand(text.elementsEqual("\(value) \(value)".utf8), "words come back as something else")
            case .json:
                let json = try? JSONDocument(parsing: text).root
                demand(json?["a"]?.string?.utf8.elementsEqual(value.utf8) ?? false, "JSON comes back as something else")
            }
        }
    }

    private static let event = AccessEvent(
        identity: .platform("e"),
        recordingID: "r",
        actor: Person(),
        actions: [.view]
    )

    private static func batch(_ row: [UInt8], _ kind: RecordKind) -> RecordBatch {
        let now = Timestamp(secondsSince1970: 1_780_000_000)
        let payload: OutputRecord.Payload =
            switch kind {
            case .accessSummaries: .accessSummary(AccessSummary(recordingID: "r", views: 0, downloads: 0))
            case .accessEvents:
                .accessEvent(Self.event, id: "e", isSynthetic: false, isSelfInduced: nil)
            case .media: .medium(Medium(recordingID: "r", rendition: "video", state: .pending))
            default: .recording(Recording(id: "r"))
            }
        var batch = RecordBatch()
        batch.append(OutputRecord(source: "s", connector: "c", observedAt: now, payload: payload), json: row)
        return batch
    }

    /// A record with a value in each column.
    private static func record(_ columns: [CSVColumn], _ values: [String?]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        var open: String?
        for (column, value) in zip(columns, values) {
            guard let value else { continue }
            let outer = column.path.count > 1 ? column.path[0] : nil
            if open != outer {
                if open != nil { writer.endObject() }
                if let outer {
                    writer.name(outer)
                    writer.beginObject()
                }
                open = outer
            }
            writer.name(column.path[column.path.count - 1])
            write(value, as: column.kind, to: &writer)
        }
        if open != nil { writer.endObject() }
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ value: String, as kind: CSVColumn.Kind, to writer: inout JSONWriter) {
        switch kind {
        case .scalar: writer.string(value)
        case .words:
            writer.beginArray()
            writer.string(value)
            writer.string(value)
            writer.endArray()
        case .json:
            writer.beginObject()
            writer.name("a")
            writer.string(value)
            writer.endObject()
        }
    }
}

/// What a reader that knows RFC 4180 alone makes of a file.
private struct CSVReading {
    struct Field {
        var bytes: [UInt8] = []
        var isQuoted = false
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    private(set) var rows: [[Field]] = []
    /// Whether the file ends with a row's end, outside of quotes.
    private(set) var isWhole = true

    init(_ file: [UInt8]) {
        var row: [Field] = []
        var field = Field()
        var isInside = false
        var position = 0
        while position < file.count {
            let byte = file[position]
            let next = position + 1 < file.count ? file[position + 1] : 0
            position += 1
            switch (isInside, byte) {
            case (true, UInt8(ascii: "\"")) where next == UInt8(ascii: "\""):
                field.bytes.append(byte)
                position += 1
            case (true, UInt8(ascii: "\"")): isInside = false
            case (true, _): field.bytes.append(byte)
            case (false, UInt8(ascii: "\"")) where field.bytes.isEmpty && !field.isQuoted:
                isInside = true
                field.isQuoted = true
            case (false, UInt8(ascii: ",")):
                row.append(field)
                field = Field()
            case (false, 0x0D) where next == 0x0A:
                rows.append(row + [field])
                (row, field) = ([], Field())
                position += 1
            default: field.bytes.append(byte)
            }
        }
        isWhole = !isInside && row.isEmpty && field.bytes.isEmpty && !field.isQuoted
    }
}
