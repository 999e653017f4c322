import Foundation
import RawJSON
import RecordingKit

/// The records in a folder of JSON Lines files.
enum JSONLinesContent {
    static func lines(in folder: URL, compressedWith tool: Decompression? = nil) throws -> [String] {
        try SinkKind.kinds.flatMap { kind in
            try FileSeries.contents(of: kind, format: "jsonl", in: folder, tool).flatMap { bytes in
                try lines(bytes, kind)
            }
        }
    }

    private static func lines(_ bytes: [UInt8], _ kind: RecordKind) throws -> [String] {
        guard bytes.isEmpty || bytes.last == UInt8(ascii: "\n") else { throw SinkKind.Damage("\(kind) end torn") }
        return try bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map { line in
            guard let record = try? JSONDocument(parsing: Array(line)).root, record.kind == .object else {
                throw SinkKind.Damage("\(kind) have a line that is no JSON object: \(line.count) bytes")
            }
            let members = record.members.filter { !SinkKind.observations.contains($0.name) }
                .map { "\($0.name)=\(String(decoding: $0.value.rawBytes, as: UTF8.self))" }
            return "\(kind.rawValue) \(members.joined(separator: " "))"
        }
    }
}

/// The files of one kind of records, of which rotation makes several.
enum FileSeries {
    /// What each of them holds, in the order of their names.
    static func contents(
        of kind: RecordKind,
        format: String,
        in folder: URL,
        _ tool: Decompression?
    ) throws -> [[UInt8]] {
        let end = ".\(format)\(tool?.suffix ?? "")"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("\(kind.rawValue).") && $0.hasSuffix(end) }
        guard !names.isEmpty else {
            throw SinkKind.Damage("there are no files of \(kind) in \(folder.lastPathComponent)")
        }
        return try names.sorted().map { name in
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
            return try tool?.decompress(bytes, named: name) ?? bytes
        }
    }
}
