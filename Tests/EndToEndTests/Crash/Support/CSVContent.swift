import Foundation
import RecordingKit

/// The records in a folder of CSV files, read as RFC 4180 has them.
enum CSVContent {
    static func lines(in folder: URL, compressedWith tool: Decompression? = nil) throws -> [String] {
        try SinkKind.kinds.flatMap { kind in
            try FileSeries.contents(of: kind, format: "csv", in: folder, tool).flatMap { bytes in
                try lines(rows(bytes, kind), kind)
            }
        }
    }

    private static func lines(_ rows: [[String]], _ kind: RecordKind) throws -> [String] {
        guard let header = rows.first else { throw SinkKind.Damage("\(kind) have no header") }
        return try rows.dropFirst().map { row in
            guard row.count == header.count, row != header else {
                throw SinkKind.Damage("\(kind) have a row of \(row.count) fields under \(header.count) columns")
            }
            let members = zip(header, row).filter { !SinkKind.observations.contains($0.0) }.map { "\($0)=\($1)" }
            return "\(kind.rawValue) \(members.joined(separator: " "))"
        }
    }

    /// Fields as they stand there, quoted ones without their quotes; every row ends with CR LF.
    static func rows(_ bytes: [UInt8], _ kind: RecordKind) throws -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var index = 0
        func damage(_ what: String) -> SinkKind.Damage { SinkKind.Damage("\(kind) have \(what) at byte \(index)") }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\"") {
                guard field.isEmpty else { throw damage("a quote within a field") }
                index += 1
                while true {
                    guard index < bytes.count else { throw damage("a field without its end") }
                    if bytes[index] != UInt8(ascii: "\"") {
                        field.append(bytes[index])
                        index += 1
                    } else if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") {
                        field.append(bytes[index])
                        index += 2
                    } else {
                        index += 1
                        break
                    }
                }
                guard index < bytes.count, [UInt8(ascii: ","), 0x0D].contains(bytes[index]) else {
                    throw damage("text behind a quoted field")
                }
            }
            switch bytes[index] {
            case UInt8(ascii: ","):
                row.append(String(decoding: field, as: UTF8.self))
                field = []
            case 0x0D:
                guard index + 1 < bytes.count, bytes[index + 1] == 0x0A else { throw damage("a lone CR") }
                index += 1
                rows.append(row + [String(decoding: field, as: UTF8.self)])
                row = []
                field = []
            case 0x0A: throw damage("a lone LF")
            default: field.append(bytes[index])
            }
            index += 1
        }
        guard row.isEmpty, field.isEmpty else { throw damage("a torn row") }
        return rows
    }
}
