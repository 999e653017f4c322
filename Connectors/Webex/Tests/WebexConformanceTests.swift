import Foundation
import RecordingTestKit
import Testing
import WebexConnector

@Suite("The Webex connector keeps what every connector promises")
struct WebexConformanceTests {
    @Test("its description of itself is sound")
    func description() {
        #expect(ConnectorConformance.problems(in: WebexSource.self).isEmpty)
    }

    @Test("its README shows the settings that it takes")
    func readme() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        let problems = ConnectorConformance.problems(inReadme: text, of: WebexSource.self)
        #expect(problems == [])
    }

    @Test("it passes all checks on the platform's own samples")
    func samples() async throws {
        let report = try await ConformanceSubject(WebexSource.self, fixtures: WebexSampleFixtures.fixtures).examine()
        #expect(report.problems == [])
        #expect(report.results.filter { $0.outcome != .passed }.map(\.id) == ["unknown_statuses_survive"])
    }

    @Test("it passes all checks on what was recorded of the simulated platform")
    func recorded() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/Recorded")
        let fixtures = try Fixtures(folder: folder.path)
        let report = try await ConformanceSubject(WebexSource.self, fixtures: fixtures).examine()
        #expect(report.problems == [])
        #expect(report.recordings > 5 && report.accessEvents > 5)
        #expect(report.results.filter { $0.outcome != .passed }.map(\.id) == ["unknown_statuses_survive"])
    }
}
