import RecordingHost

/// The last bytes of a file, kept while it is written, by whose hash a changed file can be told.
struct FileMark {
    /// How many bytes a mark covers at most.
    static let span = 4_096

    private var tail: [UInt8]

    /// Begins with the last bytes that are there already.
    init(tail: [UInt8] = []) { self.tail = tail }

    /// The mark, or nil when there is nothing to mark.
    var hash: UInt64? { tail.isEmpty ? nil : ContentHash.hash(tail[...]) }

    /// Whether the last byte ends a line.
    var endsLine: Bool { tail.last == UInt8(ascii: "\n") }

    /// Notes what was appended.
    mutating func append(_ bytes: Span<UInt8>) {
        let kept = max(0, min(tail.count, Self.span - bytes.count))
        tail.removeFirst(tail.count - kept)
        for index in max(0, bytes.count - Self.span)..<bytes.count { tail.append(bytes[index]) }
    }

    /// The mark of what stands before `offset`.
    static func read(_ file: OpenFile, before offset: Int64) throws(SystemError) -> FileMark {
        let start = max(0, offset - Int64(span))
        return FileMark(tail: try file.readFully(at: start, count: Int(offset - start)))
    }
}

extension OpenFile {
    /// The bytes from `offset` on, fewer than `count` only at the file's end.
    func readFully(at offset: Int64, count: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            do throws(SystemError) {
                let more = try read(at: offset + Int64(bytes.count), count: count - bytes.count)
                if more.isEmpty { break }
                if bytes.isEmpty { bytes = more } else { bytes += more }
            } catch {
                guard error.isInterruption else { throw error }
            }
        }
        return bytes
    }
}
