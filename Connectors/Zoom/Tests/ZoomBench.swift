import BundledManifests
import ConnectorManifest
import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

/// The manifest that the program carries.
func zoom() throws -> ConnectorManifest {
    let bundled = try #require(BundledManifests.all.first { $0.name == "zoom.json5" })
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

/// What an operator configures, with made-up credentials.
let settings: [String: SettingValue] = [
    "accountID": "acc", "clientID": "id", "clientSecret": "canary", "from": "2026-01-01",
]

/// Zoom's token endpoint, which takes this account's grant alone.
let tokenRoute = ScriptedRoute(
    "POST",
    "/oauth/token",
    where: { request in
        let form = String(decoding: request.body ?? [], as: UTF8.self)
        return request.headers["Authorization"] == "Basic aWQ6Y2FuYXJ5"
            && "\(request.url.query ?? "")&\(form)".contains("grant_type=account_credentials")
            && "\(request.url.query ?? "")&\(form)".contains("account_id=acc")
    },
    answers: [.json(["access_token": "T", "token_type": "bearer", "expires_in": 3600])],
    repeatsLast: true
)

/// The manifest through the whole host.
func zoomBench(_ more: [String: SettingValue] = [:], routes: [ScriptedRoute]) throws -> ConnectorBench {
    let manifest = try zoom()
    return try ConnectorBench(
        manifest.descriptor,
        settings: settings.merging(more) { $1 },
        now: try #require(Timestamp("2026-01-20T12:00:00Z")),
        routes: [tokenRoute] + routes
    ) { try manifest.makeSource(settings: $0) }
}

/// A source of the manifest, without a host.
func zoomSource() throws -> any RecordingSource {
    let manifest = try zoom()
    let parsed = manifest.descriptor.settings.parse(settings)
    try #require(parsed.problems.isEmpty)
    return try manifest.makeSource(settings: parsed.settings)
}
