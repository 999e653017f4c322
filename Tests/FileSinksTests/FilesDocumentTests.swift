import Foundation
import RecordingKit
import Testing

@testable import FileSinks

@Suite("Docs/files.md")
struct FilesDocumentTests {
    /// The rows of the table that follows a heading, as the texts between back-ticks of the first two columns.
    func table(under heading: String) throws -> [[String]] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("Docs/files.md"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == heading })
        return lines[(start + 1)...].drop { !$0.hasPrefix("|---") }.dropFirst().prefix { $0.hasPrefix("|") }
            .map { row in
                row.split(separator: "|").prefix(2).map {
                    $0.trimmingCharacters(in: .whitespaces).trimmingCharacters(in: ["`"])
                }
            }
    }

    @Test("names every column with the member that it shows, in order", arguments: LineFolder.kinds)
    func columns(_ kind: RecordKind) throws {
        let documented = try table(under: "### `\(kind.rawValue).csv`")
        #expect(documented == CSVColumn.all(of: kind).map { [$0.name, $0.path.joined(separator: ".")] })
    }

    @Test("names the limit behind which text is not cut off, and the span of a mark")
    func numbers() {
        #expect(SeriesInspection.longestTail == 64 * 1_024 * 1_024)
        #expect(FileMark.span == 4_096)
    }
}
