import ConnectorManifest
import Foundation
import Testing

@Suite("Docs/manifest.md")
struct ManifestPageTests {
    private static let begin = "<!-- reference:begin -->\n"
    private static let end = "<!-- reference:end -->\n"

    /// With `TAPEDECK_FILL_PAGES` in the environment the reference is put into the page first.
    @Test("shows the reference as it is generated")
    func reference() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Docs/manifest.md")
        var text = try String(contentsOf: page, encoding: .utf8)
        let begin = try #require(text.range(of: Self.begin))
        let end = try #require(text.range(of: Self.end))
        let generated = "\n\(ConnectorManifest.reference)\n"
        if ProcessInfo.processInfo.environment["TAPEDECK_FILL_PAGES"] != nil {
            text.replaceSubrange(begin.upperBound..<end.lowerBound, with: generated)
            try text.write(to: page, atomically: true, encoding: .utf8)
            return
        }
        #expect(
            text[begin.upperBound..<end.lowerBound] == generated,
            "TAPEDECK_FILL_PAGES=1 swift test --filter ManifestPageTests puts it right."
        )
    }
}
