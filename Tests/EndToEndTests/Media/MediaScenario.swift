import CurlTransport
import Digest
import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import Testing

/// A scenario whose runs fetch media into a folder.
struct MediaScenario {
    let scenario: Scenario

    static func with(_ plan: SimulatorPlan, _ body: (MediaScenario) async throws -> Void) async throws {
        try await Scenario.with(plan) { try await body(MediaScenario(scenario: $0)) }
    }

    var simulator: PlatformSimulator { scenario.simulator }
    var folder: URL { scenario.archive.directory.appending(path: "media") }

    /// Both platforms, read with everything.
    var sources: [SourceConfiguration] {
        scenario.sources.map { source in
            var source = source
            source.reads = RecordKind.all
            return source
        }
    }

    func sync(
        _ sources: [SourceConfiguration]? = nil,
        request: SyncRequest = SyncRequest(),
        parallel: Int = 4,
        whenWithdrawn: WithdrawalPolicy = .keep,
        retention: RetentionPolicy? = nil,
        through wrap: (any MediaTransport) -> any MediaTransport = { $0 },
        apiThrough: (any HTTPTransport) -> any HTTPTransport = { $0 }
    ) async throws -> SyncReport {
        try await scenario.archive.sync(
            sources ?? self.sources,
            request: request,
            clock: scenario.clock,
            through: apiThrough,
            media: MediaSettings(
                directory: folder.path,
                parallelTransfers: parallel,
                whenWithdrawn: whenWithdrawn,
                retention: retention
            ),
            mediaThrough: wrap
        )
    }

    /// The last line about each rendition.
    func media() throws -> [String: JSONValue] {
        try scenario.archive.records(.media).reduce(into: [:]) { last, line in
            let key = ["source", "recording_id", "rendition"].map { line[$0]?.string ?? "" }.joined(separator: "/")
            last[key] = line
        }
    }

    /// Holds what is stored against what the platforms have, byte for byte, and the manifest against both.
    func expectAllStored(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let media = try media()
        var stored = 0
        for truth in simulator.mediaTruth() {
            let source = truth.file.platform == .kismet ? "clinic" : "acme"
            let line = media["\(source)/\(truth.file.recordingID)/\(truth.file.rendition)"]
            let state = line?["state"]?.string
            guard truth.state == .available else {
                #expect(state == "\(truth.state)", "\(truth.file)", sourceLocation: sourceLocation)
                continue
            }
            #expect(state == "stored", "\(truth.file) \(line?["reason"]?.string ?? "")", sourceLocation: sourceLocation)
            guard let path = line?["path"]?.string else { continue }
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: path)))
            let isSame = bytes == truth.content.bytes(in: 0..<truth.length)
            #expect(isSame, "\(truth.file) of \(truth.length) bytes", sourceLocation: sourceLocation)
            #expect(line?["bytes"]?.integer == Int64(truth.length), sourceLocation: sourceLocation)
            #expect(line?["sha256"]?.string == (try SHA256.hash(bytes).lowercaseHex), sourceLocation: sourceLocation)
            stored += 1
        }
        #expect(stored > 0, sourceLocation: sourceLocation)
        try await expectVerified(files: stored, sourceLocation: sourceLocation)
        let spooled = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/.spool")
        #expect(spooled == [], sourceLocation: sourceLocation)
    }

    /// Checks the folder against its manifest, which must name each file once.
    func expectVerified(files: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let verifier = MediaVerifier(
            store: FolderMediaStore(root: folder.path),
            manifestFolder: folder.path,
            clock: scenario.clock
        )
        let found = try await verifier.verify()
        #expect(found.isWhole, "\(found)", sourceLocation: sourceLocation)
        let manifest = try String(contentsOf: folder.appending(path: "manifest.jsonl"), encoding: .utf8)
        #expect(manifest.split(separator: "\n").count == files, sourceLocation: sourceLocation)
    }

    /// How often each Kismet recording was asked for, each time leaving an entry in its audit trail.
    var shows: [Int: Int] { simulator.statistics.media.shows }
}
