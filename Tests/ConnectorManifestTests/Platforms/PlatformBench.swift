import ConnectorManifest
import Foundation
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

/// The manifest in a file beside the tests.
func platform(_ name: String) throws -> ConnectorManifest {
    try manifest(at: "Platforms/Manifests/\(name).json5")
}

/// The manifest in a file of this target.
func manifest(at path: String) throws -> ConnectorManifest {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: path)
    do throws(ManifestFailure) {
        return try ConnectorManifest(parsing: Array(try bytes(file)), fileName: file.lastPathComponent)
    } catch {
        Issue.record("\(error)")
        throw error
    }
}

private func bytes(_ file: URL) throws(ManifestFailure) -> Data {
    do {
        return try Data(contentsOf: file)
    } catch {
        throw ManifestFailure(fileName: file.path, problems: [])
    }
}

/// The platform's manifest through the whole host, over a scripted transport.
func bench(
    platform name: String,
    settings: [String: SettingValue],
    now: String = "2026-01-31T00:00:00Z",
    routes: [ScriptedRoute]
) throws -> ConnectorBench {
    let manifest = try platform(name)
    return try ConnectorBench(
        manifest.descriptor,
        settings: settings,
        now: try #require(Timestamp(now)),
        routes: routes
    ) { try manifest.makeSource(settings: $0) }
}

/// A source of the platform's manifest, without a host.
func source(platform name: String, settings: [String: SettingValue]) throws -> any RecordingSource {
    let manifest = try platform(name)
    let parsed = manifest.descriptor.settings.parse(settings)
    try #require(parsed.problems.isEmpty)
    return try manifest.makeSource(settings: parsed.settings)
}

/// The JSON body of a request.
func body(_ request: TransportRequest) throws -> JSONValue {
    try JSONDocument(parsing: try #require(request.body)).root
}

/// A run from a day in January 2026 to the bench's now.
func january(_ day: String = "2026-01-01") throws -> SyncRequest {
    var request = SyncRequest()
    let first: Timestamp = try #require(Timestamp(day))
    request.since = first
    return request
}
