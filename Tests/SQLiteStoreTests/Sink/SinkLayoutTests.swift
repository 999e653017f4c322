import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("The description of the database of records")
struct SinkLayoutTests {
    let folder: TemporaryFolder
    let lines: [Substring]

    init() throws {
        folder = try TemporaryFolder()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("Docs/sqlite-layout.md")
        lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    }

    private func make() async throws -> SQLiteConnection {
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        await sink.close()
        return try SQLiteConnection(path: folder.path("recordings.db"), readOnly: true)
    }

    /// The columns in the tables under each heading that is a name, as `name` or `name TYPE`.
    private var described: [String: [String]] {
        var sections: [String: [String]] = [:]
        var section: String?
        for line in lines {
            if line.hasPrefix("#") {
                let name = line.drop { $0 == "#" || $0 == " " }
                section = name.hasPrefix("`") ? String(name.dropFirst().dropLast()) : nil
            } else if let section, line.hasPrefix("| `") {
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                let names = cells[0].split(separator: ",").map { $0.filter { $0 != "`" && $0 != " " } }
                sections[section, default: []] += names.map { cells.count > 2 ? "\($0) \(cells[1])" : $0 }
            }
        }
        return sections
    }

    @Test("names every table and view, every column of each, in both directions, and the types of the tables")
    func columns() async throws {
        let connection = try await make()
        var actual: [String: [String]] = [:]
        let objects = "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')"
        for object in try connection.rows(objects) {
            let name = try #require(object[0])
            let type = object[1] == "table" ? "name || ' ' || replace(type, ' GENERATED ALWAYS', '')" : "name"
            actual[name] = try connection.rows("SELECT \(type) FROM pragma_table_xinfo('\(name)')").compactMap { $0[0] }
        }
        #expect(actual.count == 12)
        let described = described
        #expect(Set(described.keys) == Set(actual.keys))
        for (name, columns) in actual { #expect((described[name] ?? []).sorted() == columns.sorted(), "\(name)") }
    }

    @Test("has examples that run")
    func examples() async throws {
        let connection = try await make()
        let blocks = lines.joined(separator: "\n").components(separatedBy: "```sql\n").dropFirst()
        #expect(blocks.count >= 10)
        for block in blocks {
            let query = try #require(block.components(separatedBy: "\n```").first)
            #expect(throws: Never.self, "\(query)") { try connection.rows(query) }
        }
    }

    @Test("states the version and what tells the file from others")
    func version() async throws {
        let connection = try await make()
        let text = lines.joined(separator: "\n")
        #expect(text.contains("`PRAGMA user_version` is \(try connection.integer("PRAGMA user_version"))."))
        let applicationID = try connection.integer("PRAGMA application_id")
        #expect(text.contains("0x\(String(applicationID, radix: 16, uppercase: true)) (`TDSK`)"))
    }
}
