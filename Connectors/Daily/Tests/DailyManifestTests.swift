import BundledManifests
import ConnectorManifest
import RecordingKit
import Testing

@Suite("The Daily manifest")
struct DailyManifestTests {
    @Test("what the program carries is the file beside the README")
    func bundled() throws {
        let bundled = try #require(BundledManifests.all.first { $0.name == "daily.json5" })
        #expect(try String(decoding: bundled.bytes, as: UTF8.self) == file("daily.json5"))
    }

    @Test("it is sound, and its README shows the settings that it takes")
    func readme() throws {
        let descriptor = try daily().descriptor
        #expect(descriptor.id == "daily")
        #expect(descriptor.produces == [.recordings, .media])
        let table = descriptor.settings.markdownTable
        let readme = try file("README.md")
        #expect(readme.contains("<!-- settings:begin -->\n\(table)<!-- settings:end -->\n"), "\(table)")
    }
}
