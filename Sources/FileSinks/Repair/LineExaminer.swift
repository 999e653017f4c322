import RecordingHost
import RecordingKit

/// Reads a folder's lines one batch after another on a queue of its own, and says of each whether it is a record.
actor LineExaminer {
    private static let linesPerBatch = 1_000
    private static let bytesPerBatch = 1_000_000

    private let executor = QueueExecutor(label: "tapedeck.examine")
    private let folder: LineFolder
    private let decoder = RecordDecoder()
    private let end: SinkPosition?
    private var parts: ArraySlice<PartName>?
    private var open: Opened?

    private struct Opened {
        let name: PartName
        let file: OpenFile
        let end: Int64
        var lines: LineReader
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Reads up to a position, or everything.
    init(folder: LineFolder, end: SinkPosition?) {
        self.folder = folder
        self.end = end
    }

    /// The next lines; nil at the end.
    func next() throws -> [ExaminedLine]? {
        var batch: [ExaminedLine] = []
        var size = 0
        while batch.count < Self.linesPerBatch, size < Self.bytesPerBatch {
            guard try openNext(), let name = open?.name else { break }
            do {
                guard let line = try open?.lines.next() else {
                    if let torn = torn(name) { batch.append(torn) }
                    open = nil
                    continue
                }
                size += line.bytes.count
                if let found = examined(line, name) { batch.append(found) }
            } catch CompressionError.damaged {
                if let torn = torn(name) { batch.append(torn) }
                open = nil
            } catch {
                throw folder.failure(error, name.text)
            }
        }
        return batch.isEmpty ? nil : batch
    }

    private func examined(_ line: LineReader.Line, _ name: PartName) -> ExaminedLine? {
        let place = SinkLine(part: name.text, line: open?.lines.count ?? 0)
        guard line.isEnded else {
            let isLeft = line.bytes.contains(0) || folder.format.origin(ofTorn: line.bytes, name.kind) == .record
            return isLeft || name.compression != .none
                ? nil : ExaminedLine(place: place, content: .damage("is no record and has no line end"))
        }
        do throws(TapedeckError) {
            return ExaminedLine(
                place: place,
                content: .record(ExaminedRecord(try decoder.decode(line.bytes, as: name.kind)))
            )
        } catch {
            return ExaminedLine(place: place, content: .damage(error.reason))
        }
    }

    /// What a compressed file holds behind its last whole frame.
    private func torn(_ name: PartName) -> ExaminedLine? {
        guard let open, name.compression != .none, open.lines.wholeEnd < open.end else { return nil }
        return ExaminedLine(
            place: SinkLine(part: name.text, line: nil),
            content: .damage("cannot be decompressed behind \(open.lines.wholeEnd) bytes")
        )
    }

    /// Goes to the next file that has something to read; false when there is none.
    private func openNext() throws -> Bool {
        if open != nil { return true }
        var rest = try parts ?? self.names()
        defer { parts = rest }
        while let name = rest.popFirst() {
            guard let file = try folder.open(name, as: .reading) else { continue }
            let size = try folder.size(file, name)
            let end = min(size, end?.offsets[name.text] ?? (end == nil ? size : 0))
            guard end > 0 else { continue }
            open = try folder.attempt(name.text) {
                Opened(
                    name: name,
                    file: file,
                    end: end,
                    lines: try LineReader(file, 0..<end, name.compression)
                )
            }
            return true
        }
        return false
    }

    private func names() throws -> ArraySlice<PartName> {
        let present = try folder.partsInFolder()
        return LineFolder.kinds.flatMap { kind in present.filter { $0.kind == kind } }[...]
    }
}
