import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

/// Reads a manifest and fails the test with its problems when it has any.
func manifest(_ text: String) throws -> ConnectorManifest {
    do {
        return try ConnectorManifest(parsing: Array(text.utf8), fileName: "test.json5")
    } catch {
        Issue.record("\(error)")
        throw error
    }
}

/// The problems of a manifest, each as a line; none when it is sound.
func problems(_ text: String) -> [String] {
    do {
        _ = try ConnectorManifest(parsing: Array(text.utf8), fileName: "test.json5")
        return []
    } catch {
        return error.problems.map(\.description)
    }
}

/// A manifest through the whole host, over a scripted transport.
func bench(
    _ text: String,
    settings: [String: SettingValue] = ["accessToken": "secret"],
    now: String = "2025-10-20T00:00:00Z",
    routes: [ScriptedRoute]
) throws -> ConnectorBench {
    let manifest = try manifest(text)
    return try ConnectorBench(
        manifest.descriptor,
        settings: settings,
        now: try #require(Timestamp(now)),
        routes: routes
    ) { try manifest.makeSource(settings: $0) }
}

/// A source of a manifest, without a host.
func source(_ text: String, settings: [String: SettingValue] = ["accessToken": "secret"]) throws -> ManifestSource {
    let manifest = try manifest(text)
    let parsed = manifest.descriptor.settings.parse(settings)
    try #require(parsed.problems.isEmpty)
    return try #require(try manifest.makeSource(settings: parsed.settings) as? ManifestSource)
}

func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

/// A manifest with the usual head; `body` holds the keys from `check` on.
func withHead(_ body: String, settings: String = "", head: String = "") -> String {
    """
    {
      manifest: 1, id: "tapes", name: "Tapes", summary: "Recordings of tapes.", baseURL: "https://tapes.example/api",
      settings: { accessToken: { type: "text", help: "Token.", required: true, secret: true }, \(settings) },
      authentication: { bearer: "accessToken" },
      \(head)
      check: { path: "/tapes", query: { limit: "1" } },
      \(body)
    }
    """
}
