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

    @Test("it passes all checks on what was recorded of the simulated platform")
    func recorded() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/Recorded")
        let fixtures = try Fixtures(folder: folder.path)
        let report = try await ConformanceSubject(KismetSource.self, fixtures: fixtures).examine()
        #expect(report.problems == [])
        #expect(report.recordings > 5 && report.accessEvents > 5)
        #expect(report.results.filter { $0.outcome != .passed }.map(\.id) == ["window_rules_kept"])
    }
}
