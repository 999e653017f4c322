import RecordingHost
import RecordingKit

/// How records are written as text, and how what was written is told from what somebody else wrote.
protocol RecordFormat: Sendable {
    /// What a file's name ends with, before that of the compression; also what the sink's id begins with.
    var name: String { get }
    /// Whether a line feed between quotes belongs to a field and ends no line.
    var quotesLineFeeds: Bool { get }
    /// What every file begins with.
    func header(of kind: RecordKind) -> [UInt8]
    /// The batch's records of one kind as whole lines.
    func lines(of batch: RecordBatch, _ kind: RecordKind) throws -> [UInt8]
    /// Whether a line without its line feed is one that this format writes for the kind.
    func isRecord(_ line: [UInt8], _ kind: RecordKind) -> Bool
    /// What a piece is that no line feed follows.
    func origin(ofTorn piece: [UInt8], _ kind: RecordKind) -> TornOrigin
}

/// Where a line without an end comes from.
enum TornOrigin {
    /// It is the beginning of a record.
    case record
    /// It may be the beginning of a record or somebody's work.
    case unclear
    /// It is none of a record.
    case foreign
}
