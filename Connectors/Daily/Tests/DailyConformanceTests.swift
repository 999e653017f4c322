import ConnectorManifest
import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("The Daily connector keeps what every connector promises")
struct DailyConformanceTests {
    @Test("it passes all checks on the answers in its fixtures")
    func fixtures() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let manifest = try daily()
        var registry = ConnectorRegistry()
        try registry.register(manifest.descriptor) { try manifest.makeSource(settings: $0) }
        let entry = try #require(registry["daily"])
        let subject = try ConformanceSubject(entry, fixtures: try Fixtures(folder: folder.path))
        // What the manifest withholds is left out of the platform's object, so that it is not kept byte for byte. A manifest's source can
        // report accesses in any case; whether it does is said by what the connector produces.
        let others = ["raw_bytes_kept", "description_sound"]
        let report = try await subject.examine(ConformanceCheck.all.filter { !others.contains($0.id) })
        #expect(report.problems == [])
        #expect(report.recordings == 2)
    }
}
