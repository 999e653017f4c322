import Foundation
import RecordingTestKit
import Testing

@testable import AcmeCallsConnector

@Suite("The Acme Calls connector keeps what every connector promises")
struct ConformanceTests {
    @Test("it passes every check against the fixtures")
    func conformance() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let fixtures = try Fixtures(folder: folder.path)
        let report = try await ConformanceSubject(AcmeCallsSource.self, fixtures: fixtures).examine()
        #expect(report.problems == [])
        #expect(report.recordings == 3)
    }
}
