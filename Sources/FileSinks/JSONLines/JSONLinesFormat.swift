import RawJSON
import RecordingHost
import RecordingKit

/// One JSON object a line, as the host encodes it.
struct JSONLinesFormat: RecordFormat {
    let name = "jsonl"
    let quotesLineFeeds = false
    private let decoder = RecordDecoder()

    /// What every record begins with.
    private static let beginning = Array(#"{"source":""#.utf8)

    func header(of kind: RecordKind) -> [UInt8] { [] }

    func lines(of batch: RecordBatch, _ kind: RecordKind) -> [UInt8] { batch.lines(of: kind) }

    func isRecord(_ line: [UInt8], _ kind: RecordKind) -> Bool { (try? decoder.decode(line, as: kind)) != nil }

    func origin(ofTorn piece: [UInt8], _ kind: RecordKind) -> TornOrigin {
        guard piece.starts(with: Self.beginning.prefix(piece.count)) else { return .foreign }
        do throws(JSONError) {
            _ = try JSONDocument(parsing: piece)
            return isRecord(piece, kind) ? .record : .foreign
        } catch {
            return error.isTruncation ? .record : .foreign
        }
    }
}
