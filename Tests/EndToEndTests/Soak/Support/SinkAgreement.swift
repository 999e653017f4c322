import Foundation
import RawJSON
import RecordingKit

@testable import SQLiteStore

/// What one sink says last of every record, held against what another one says.
struct SinkAgreement {
    /// By kind and key, the members that are plain text or numbers.
    typealias Records = [String: [String: String]]

    let expected: Records

    /// What is different, a few of each; a member that a sink leaves out is not asked for.
    func problems(of actual: Records, in name: String) -> [String] {
        let missing = expected.keys.filter { actual[$0] == nil }.sorted()
        let excess = actual.keys.filter { expected[$0] == nil }.sorted()
        let different = expected.compactMap { key, members -> String? in
            guard let others = actual[key] else { return nil }
            let names = members.keys.filter { other in others[other].map { !isSame($0, members[other]) } ?? false }
            return names.isEmpty ? nil : "\(key) differs in \(names.sorted())"
        }.sorted()
        return [("lacks", missing), ("has besides", excess), ("", different)].flatMap { what, list in
            list.isEmpty ? [] : ["\(name): \(list.count) \(what)"] + list.prefix(2).map { "\(name) \(what) \($0)" }
        }
    }

    /// Spreadsheets get an apostrophe before what they would take for a formula.
    private func isSame(_ actual: String, _ expected: String?) -> Bool {
        actual == expected || actual == "'" + (expected ?? "")
    }

    // MARK: Reading

    static func jsonLines(in folder: URL, compressedWith tool: Decompression? = nil) throws -> Records {
        try collect { kind in
            try FileSeries.contents(of: kind, format: "jsonl", in: folder, tool).flatMap { bytes in
                try bytes.split(separator: UInt8(ascii: "\n")).map { line in
                    let record = try JSONDocument(parsing: Array(line)).root
                    return record.members.reduce(into: [:]) { row, member in
                        guard [.string, .number].contains(member.value.kind) else { return }
                        row[member.name] = member.value.scalarText
                    }
                }
            }
        }
    }

    static func csv(in folder: URL) throws -> Records {
        try collect { kind in
            try FileSeries.contents(of: kind, format: "csv", in: folder, nil).flatMap { bytes in
                let rows = try CSVContent.rows(bytes, kind)
                return rows.dropFirst().map { Dictionary(zip(rows[0], $0)) { first, _ in first } }
            }
        }
    }

    static func database(_ file: URL) throws -> Records {
        let connection = try SQLiteConnection(path: file.path, readOnly: true)
        return try collect { kind in
            let columns = try DatabaseContent.columns(of: kind, connection)
            let select = try connection.statement("SELECT \(columns.joined(separator: ", ")) FROM \(kind.rawValue)")
            var rows: [[String: String]] = []
            while try select.step() {
                rows.append(
                    columns.enumerated().reduce(into: [:]) { $0[$1.element] = select.text(Int32($1.offset)) }
                )
            }
            return rows
        }
    }

    private static func collect(_ rows: (RecordKind) throws -> [[String: String]]) throws -> Records {
        try RecordLines.keys.reduce(into: [:]) { records, entry in
            for var row in try rows(entry.kind) {
                let key = ([entry.kind.rawValue] + entry.members.map { row[$0] ?? "?" }).joined(separator: " ")
                for name in SinkKind.observations { row[name] = nil }
                records[key] = row
            }
        }
    }
}
