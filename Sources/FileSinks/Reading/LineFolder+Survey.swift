import RecordingHost
import RecordingKit

extension LineFolder {
    /// The path of each kind's first file, of a kind that begins late only when it is there.
    var firstPaths: [String] {
        Self.kinds.compactMap { kind in
            let path = path(settings.firstName(kind, format: format.name).text)
            guard Self.lateKinds.contains(kind) else { return path }
            return (try? FileStatus.of(path)) == nil ? nil : path
        }
    }

    /// The position behind the last whole line or frame of each file that is there.
    func survey() throws -> SinkPosition {
        var position = SinkPosition()
        for name in try partsInFolder() {
            guard let file = try open(name, as: .reading) else { continue }
            try attempt(name.text) {
                let length = try wholeLength(of: file, name)
                position.offsets[name.text] = length
                position.marks[name.text] = try FileMark.read(file, before: length).hash
            }
        }
        return position
    }

    private func wholeLength(of file: OpenFile, _ name: PartName) throws -> Int64 {
        let size = try file.status().size
        guard name.compression == .none else {
            var reader = try LineReader(file, 0..<size, name.compression)
            do {
                while try reader.next() != nil {}
            } catch CompressionError.damaged {
                // What follows the last whole frame was broken off, or is none.
            }
            return reader.wholeEnd
        }
        var end = size
        while end > 0 {
            let start = max(0, end - Int64(FileMark.span))
            let block = try file.readFully(at: start, count: Int(end - start))
            if let place = block.lastIndex(of: UInt8(ascii: "\n")) { return start + Int64(place) + 1 }
            end = start
        }
        return 0
    }
}
