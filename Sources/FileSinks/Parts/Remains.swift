import RecordingHost
import RecordingKit

/// Tells what a killed run left behind a commit from what somebody else put there.
///
/// A killed run leaves whole records, at the end perhaps the beginning of one; a power failure may turn blocks of that into zeros.
/// Of a compressed file that is a whole or a broken frame of such records. Blank lines are nobody's work.
struct Remains {
    /// What was found.
    enum Verdict: Equatable {
        /// Nothing but what a run leaves; `records` counts the whole ones.
        case own(records: Int)
        /// As before, apart from a last piece that may be somebody's work and begins at the offset.
        case unclear(from: Int64)
        /// Something else, at a line counted from the beginning of what was looked at.
        case foreign(line: Int)
    }

    let format: any RecordFormat
    let name: PartName

    /// Looks at a range of a file, which begins with the format's header when it begins at 0.
    ///
    /// - Throws: `SystemError`, or `CompressionError` for want of memory.
    func judge(_ file: OpenFile, _ range: Range<Int64>) throws -> Verdict {
        guard !range.isEmpty else { return .own(records: 0) }
        guard try beginsAsFrame(file, range) else { return .foreign(line: 1) }
        var reader = try LineReader(file, range, name.compression, quotesLineFeeds: format.quotesLineFeeds)
        var expectedHeader = range.lowerBound == 0 ? format.header(of: name.kind) : []
        var records = 0
        do {
            while let line = try reader.next() {
                if !expectedHeader.isEmpty {
                    let isHeader =
                        line.isEnded
                        ? line.bytes + [UInt8(ascii: "\n")] == expectedHeader : expectedHeader.starts(with: line.bytes)
                    guard isHeader else { return .foreign(line: reader.count) }
                    expectedHeader = []
                    continue
                }
                switch origin(of: line) {
                case .record: records += line.isEnded ? 1 : 0
                case .unclear: return .unclear(from: range.upperBound - Int64(line.bytes.count))
                case .foreign: return .foreign(line: reader.count)
                }
            }
        } catch CompressionError.damaged {
            // The frame began as one and is broken off or full of zeros, which nobody does by hand.
            return .own(records: records)
        }
        return .own(records: records)
    }

    private func origin(of line: LineReader.Line) -> TornOrigin {
        if line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) || line.bytes.contains(0) {
            return .record
        }
        guard line.isEnded else {
            let origin = format.origin(ofTorn: line.bytes, name.kind)
            // Nobody adds half a line to a compressed text.
            return origin == .unclear && name.compression != .none ? .record : origin
        }
        return format.isRecord(line.bytes, name.kind) ? .record : .foreign
    }

    /// Whether a compressed range begins as a frame does, or with the zeros that a power failure leaves.
    private func beginsAsFrame(_ file: OpenFile, _ range: Range<Int64>) throws -> Bool {
        let magic = name.compression.magic
        let first = try file.readFully(
            at: range.lowerBound,
            count: Int(min(Int64(magic.count), range.upperBound - range.lowerBound))
        )
        return magic.starts(with: first) || (!first.isEmpty && first.allSatisfy { $0 == 0 })
    }
}
