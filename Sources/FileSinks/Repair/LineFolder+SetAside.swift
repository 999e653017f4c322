import RecordingHost
import RecordingKit

extension LineFolder {
    /// Takes lines out of the files and keeps them in files beside.
    ///
    /// - Returns: the names of the files beside.
    func setAside(_ lines: [SinkLine], suffix: String) throws -> [String] {
        var names: [String] = []
        for name in try partsInFolder() {
            let places = lines.filter { $0.part == name.text }
            guard !places.isEmpty, let file = try openExisting(name) else { continue }
            try lock(file)
            names.append(try setAside(Set(places.compactMap(\.line)), file, name, suffix: suffix))
        }
        return names
    }

    /// Gives the folder's files other names.
    ///
    /// - Returns: the new names.
    func moveAside(suffix: String) throws -> [String] {
        var names: [String] = []
        for name in try partsInFolder() {
            guard let file = try openExisting(name) else { continue }
            try lock(file)
            let target = try freeName(name.text + "." + suffix)
            try attempt(name.text) { try FilePath.move(path(name.text), to: path(target)) }
            names.append(target)
        }
        if !names.isEmpty { try synchronize() }
        return names
    }

    /// Writes a file anew without some of its lines, and puts it in the place of the old one in one step.
    ///
    /// What stands behind the last whole line or frame goes aside as well when it is not left by a killed run, as does everything
    /// that cannot be decompressed.
    private func setAside(_ lines: Set<Int>, _ file: OpenFile, _ name: PartName, suffix: String) throws -> String {
        let aside = try freeName(name.text + "." + suffix)
        let fresh = name.text + ".repairing"
        try attempt(name.text) {
            try FilePath.remove(path(fresh))
            let asideFile = try OpenFile(path(aside), as: .new)
            let freshFile = try OpenFile(path(fresh), as: .new)
            var kept = try LineFile(name: name, file: freshFile, length: 0, mark: FileMark())
            let size = try file.status().size
            var reader = try LineReader(file, 0..<size, name.compression)
            do {
                while let line = try reader.next() {
                    let text = line.bytes + [UInt8(ascii: "\n")]
                    if lines.contains(reader.count) {
                        try write(text, to: asideFile)
                    } else if line.isEnded {
                        try kept.append(text.span, operations)
                    } else {
                        try write(line.bytes, to: asideFile)
                    }
                }
            } catch CompressionError.damaged {
                // The bytes behind the last whole frame are kept below.
            }
            if name.compression != .none { try copy(file, from: reader.wholeEnd, through: size, to: asideFile) }
            try kept.finish(operations)
            try operations.synchronize(asideFile)
            try FilePath.move(path(fresh), to: path(name.text))
        }
        try synchronize()
        return aside
    }

    private func copy(_ file: OpenFile, from start: Int64, through end: Int64, to target: OpenFile) throws {
        var offset = start
        while offset < end {
            let block = try file.readFully(at: offset, count: Int(min(1 << 20, end - offset)))
            guard !block.isEmpty else { return }
            try write(block, to: target)
            offset += Int64(block.count)
        }
    }

    private func write(_ bytes: [UInt8], to file: OpenFile) throws {
        var written = 0
        while written < bytes.count {
            written += try operations.write(file, bytes.span.extracting(written..<bytes.count))
        }
    }

    private func freeName(_ base: String) throws -> String {
        var candidate = base
        var number = 2
        while try attempt(base, { try FileStatus.of(path(candidate)) }) != nil {
            candidate = "\(base)-\(number)"
            number += 1
        }
        return candidate
    }
}
