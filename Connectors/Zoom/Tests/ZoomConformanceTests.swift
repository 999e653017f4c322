import ConnectorManifest
import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("The Zoom connector keeps what every connector promises")
struct ZoomConformanceTests {
    @Test("it passes all checks on the answers in its fixtures")
    func fixtures() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let manifest = try zoom()
        var registry = ConnectorRegistry()
        try registry.register(manifest.descriptor, origin: ConnectorOrigin(route: .manifest)) {
            try manifest.makeSource(settings: $0)
        }
        let entry = try #require(registry["zoom"])
        let subject = try ConformanceSubject(entry, fixtures: try Fixtures(folder: folder.path))
        let report = try await subject.examine()
        #expect(report.problems == [])
        #expect(report.recordings == 2)
    }
}
