import BundledManifests
import ConnectorManifest
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("The Zoom manifest")
struct ZoomManifestTests {
    @Test("what the program carries is the file beside the README")
    func bundled() throws {
        let bundled = try #require(BundledManifests.all.first { $0.name == "zoom.json5" })
        #expect(try String(decoding: bundled.bytes, as: UTF8.self) == file("zoom.json5"))
    }

    @Test("it is sound, and its README shows the settings that it takes")
    func readme() throws {
        let descriptor = try zoom().descriptor
        #expect(descriptor.id == "zoom")
        #expect(descriptor.produces == [.recordings, .accessSummaries, .accessEvents, .media])
        let table = descriptor.settings.markdownTable
        let readme = try file("README.md")
        #expect(readme.contains("<!-- settings:begin -->\n\(table)<!-- settings:end -->\n"), "\(table)")
    }

    @Test("no request asks for more than a month, which Zoom would cut without a word")
    func windows() throws {
        let rules = try zoom().descriptor.windowRules
        let year = TimeWindow(
            from: try #require(Timestamp("2025-01-17T05:00:00Z")),
            to: try #require(Timestamp("2026-01-17T06:00:00Z"))
        )
        for window in rules.split(year) {
            let (first, last) = rules.bounds(of: window)
            #expect(last.duration(since: first) < .seconds(28 * 86_400))
        }
    }
}
