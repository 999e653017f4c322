import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import WebexConnector

/// A source made from settings as an operator writes them.
func webexSource(_ settings: [String: SettingValue] = [:]) throws -> WebexSource {
    var settings = settings
    settings["accessToken"] = "token"
    let parsed = WebexSource.connector.settings.parse(settings)
    try #require(parsed.problems.isEmpty)
    return try WebexSource(settings: parsed.settings)
}

/// Everything that a source lists in a window.
func listings(
    _ settings: [String: SettingValue] = [:],
    in window: TimeWindow,
    api: ScriptedAPI = ScriptedAPI()
) async throws -> [Listing] {
    var listings: [Listing] = []
    try await webexSource(settings).listings(in: window, api: api.client) { listings.append($0) }
    return listings
}

func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

func window(_ from: String, _ to: String) throws -> TimeWindow {
    TimeWindow(from: try time(from), to: try time(to))
}

func rows(_ text: String) throws -> [JSONValue] {
    Array(try #require(try JSONDocument(parsing: text).root["items"]).elements)
}

func row(_ json: JSONLiteral) throws -> JSONValue { try JSONDocument(parsing: json.bytes).root }
