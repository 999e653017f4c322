import RecordingKit

@testable import RecordingHost

/// What the encoder made of one record: its text and its hashes, kept when the encoder goes on to the next.
struct WrittenRecord {
    let json: [UInt8]
    let content: UInt64
    let context: UInt64
}

extension RecordEncoder {
    /// Encodes one record by `body`.
    mutating func write(_ body: (inout RecordEncoder) throws -> Fingerprint) rethrows -> WrittenRecord {
        let fingerprint = try body(&self)
        return WrittenRecord(json: json, content: fingerprint.content, context: fingerprint.context)
    }
}
