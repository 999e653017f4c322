import BundledManifests
import ConnectorManifest
import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

/// The manifest that the program carries.
func daily() throws -> ConnectorManifest {
    let bundled = try #require(BundledManifests.all.first { $0.name == "daily.json5" })
    do throws(ManifestFailure) {
        return try ConnectorManifest(parsing: bundled.bytes, fileName: bundled.name)
    } catch {
        Issue.record("\(error)")
        throw error
    }
}

/// The text of a file in the connector's folder.
func file(_ path: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: path), encoding: .utf8)
}

/// The manifest through the whole host.
func dailyBench(_ more: [String: SettingValue] = [:], routes: [ScriptedRoute]) throws -> ConnectorBench {
    let manifest = try daily()
    return try ConnectorBench(
        manifest.descriptor,
        settings: ["apiKey": "canary-key"].merging(more) { $1 },
        now: try #require(Timestamp("2026-01-20T12:00:00Z")),
        routes: routes
    ) { try manifest.makeSource(settings: $0) }
}

/// A source of the manifest, without a host.
func dailySource() throws -> any RecordingSource {
    let manifest = try daily()
    let parsed = manifest.descriptor.settings.parse(["apiKey": "canary-key"])
    try #require(parsed.problems.isEmpty)
    return try manifest.makeSource(settings: parsed.settings)
}
