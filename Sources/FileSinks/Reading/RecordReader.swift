import RecordingHost
import RecordingKit

/// Reads a folder's records back, batch by batch, on a queue of its own.
actor RecordReader {
    private static let recordsPerBatch = 1_000
    private static let bytesPerBatch = 1_000_000

    private let executor = QueueExecutor(label: "tapedeck.replay")
    private let folder: LineFolder
    private let decoder = RecordDecoder()
    private let start: SinkPosition
    private var end: SinkPosition?
    private var parts: ArraySlice<LineSeries.Extent> = []
    private var open: Opened?

    private struct Opened {
        let part: LineSeries.Extent
        let file: OpenFile
        let start: Int64
        var lines: LineReader
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Reads what lies between two positions.
    init(folder: LineFolder, start: SinkPosition?, end: SinkPosition) {
        self.folder = folder
        self.start = start ?? SinkPosition()
        self.end = end
    }

    /// The next records, all of one kind; nil at the end.
    func next() throws -> RecordBatch? {
        if let end {
            let extents = try folder.extents(end)
            parts = LineFolder.kinds.flatMap { kind in extents.filter { $0.name.kind == kind } }[...]
            self.end = nil
        }
        while true {
            if open == nil {
                guard let part = parts.popFirst() else { return nil }
                open = try lines(of: part)
                if open == nil { continue }
            }
            let batch = try nextOfPart()
            if !batch.isEmpty { return batch }
        }
    }

    private func nextOfPart() throws -> RecordBatch {
        var batch = RecordBatch()
        var size = 0
        while batch.records.count < Self.recordsPerBatch, size < Self.bytesPerBatch, let part = open?.part {
            guard let line = try folder.attempt(part.name.text, { try open?.lines.next() }) else {
                guard open?.lines.isBetweenFrames == true else {
                    throw folder.failure(CompressionError.damaged, part.name.text)
                }
                open = nil
                break
            }
            batch.append(try record(line, part.name), json: line.bytes)
            size += line.bytes.count
        }
        return batch
    }

    private func record(_ line: LineReader.Line, _ name: PartName) throws -> OutputRecord {
        guard line.isEnded else { throw folder.refusal("\(try place(name)) has no end: \(LineFolder.repair)") }
        do {
            return try decoder.decode(line.bytes, as: name.kind).record
        } catch {
            throw folder.refusal(
                "\(try place(name)) cannot be read back as a record, \(error.reason): "
                    + "put the line back as it was, or take it out"
            )
        }
    }

    /// The line that was read last, counted from the file's beginning.
    private func place(_ name: PartName) throws -> String {
        guard let open else { return folder.shown(name.text) }
        let before = try folder.attempt(name.text) { try folder.countLines(open.file, open.start, name) }
        return "\(folder.shown(name.text)), line \(before + open.lines.count),"
    }

    private func lines(of part: LineSeries.Extent) throws -> Opened? {
        let name = part.name.text
        let start = max(0, self.start.offsets[name] ?? 0)
        guard start <= part.length else {
            throw folder.refusal(
                "\(folder.shown(name)) is to be read from behind the place up to which it is to be read"
            )
        }
        guard start < part.length else { return nil }
        guard let file = try folder.open(part.name, as: .reading) else {
            throw folder.refusal("\(folder.shown(name)) is missing, so that it cannot be read back: put it back")
        }
        _ = try folder.check(file, part.name, length: part.length, mark: part.mark)
        _ = try folder.check(file, part.name, length: start, mark: self.start.marks[name])
        return try folder.attempt(name) {
            let lines = try LineReader(
                file,
                start..<part.length,
                part.name.compression,
                quotesLineFeeds: folder.format.quotesLineFeeds
            )
            return Opened(part: part, file: file, start: start, lines: lines)
        }
    }
}
