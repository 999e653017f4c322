import Foundation
import RecordingHost
import RecordingKit

// snippet.sink
/// A sink of the program's own: source and id of each recording, one a line, in one file.
actor IDListSink: Sink {
    nonisolated let id: String
    private let url: URL
    private var file: FileHandle?

    init(url: URL) {
        self.url = url
        id = "ids:\(url.path)"
    }

    nonisolated var locations: [String] { [url.path] }

    func recover(to position: SinkPosition?) throws -> SinkPosition {
        if !FileManager.default.fileExists(atPath: url.path) { try Data().write(to: url) }
        let file = try FileHandle(forUpdating: url)
        let length = try file.seekToEnd()
        let kept = UInt64(position?.offsets["ids"] ?? 0)
        guard length == kept || position != nil && length > kept else {
            throw TapedeckError(.sinkFailed, "The list of ids is not the one that the ledger knows.")
        }
        try file.truncate(atOffset: kept)
        self.file = file
        return SinkPosition(offsets: ["ids": Int64(kept)])
    }

    func write(_ batch: RecordBatch) throws {
        for record in batch.records {
            guard case .recording(let recording) = record.payload else { continue }
            try file?.write(contentsOf: Data("\(record.source)/\(recording.id)\n".utf8))
        }
    }

    func commit() throws -> SinkPosition {
        try file?.synchronize()
        return SinkPosition(offsets: ["ids": Int64(try file?.offset() ?? 0)])
    }

    func close() {
        try? file?.close()
        file = nil
    }
}
// snippet.end
