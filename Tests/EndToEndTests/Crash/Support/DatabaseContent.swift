import Foundation
import RecordingKit

@testable import SQLiteStore

/// The records in a database, which holds each key once.
enum DatabaseContent {
    static func lines(of file: URL) throws -> [String] {
        do {
            let connection = try SQLiteConnection(path: file.path, readOnly: true)
            let check = try connection.statement("PRAGMA integrity_check")
            guard try check.step(), check.text(0) == "ok" else { throw SinkKind.Damage("the database is damaged") }
            check.reset()
            return try SinkKind.kinds.flatMap { kind in
                let columns = try columns(of: kind, connection)
                let select = try connection.statement("SELECT \(columns.joined(separator: ", ")) FROM \(kind.rawValue)")
                var lines: [String] = []
                while try select.step() {
                    let members = columns.enumerated().map { "\($1)=\(select.text(Int32($0)) ?? "-")" }
                    lines.append("\(kind.rawValue) \(members.joined(separator: " "))")
                }
                return lines
            }
        } catch let error as SQLiteError {
            throw SinkKind.Damage("the database cannot be read: \(error.code)")
        }
    }

    /// How many commits the database says were made to it; none when there is no database.
    static func commits(to file: URL) throws -> Int64 {
        guard FileManager.default.fileExists(atPath: file.path) else { return 0 }
        let connection = try SQLiteConnection(path: file.path, readOnly: true)
        guard try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'tapedeck_sink'") > 0 else {
            return 0
        }
        return try connection.integer("SELECT sequence FROM tapedeck_sink")
    }

    static func columns(of kind: RecordKind, _ connection: SQLiteConnection) throws -> [String] {
        let select = try connection.statement("SELECT name FROM pragma_table_info('\(kind.rawValue)')")
        var names: [String] = []
        while try select.step() { names.append(select.requiredText(0)) }
        return names.filter { !SinkKind.observations.contains($0) }
    }
}
