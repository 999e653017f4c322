import Foundation
import KismetConnector
import RecordingTestKit
import Testing

@Suite("The Kismet connector keeps what every connector promises")
struct KismetConformanceTests {
    @Test("its description of itself is sound")
    func description() {
        #expect(ConnectorConformance.problems(in: KismetSource.self).isEmpty)
    }

    @Test("its README shows the settings that it takes")
    func readme() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        let problems = ConnectorConformance.problems(inReadme: text, of: KismetSource.self)
        #expect(problems == [])
    }
}
