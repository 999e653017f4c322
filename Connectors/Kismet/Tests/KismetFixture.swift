import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import KismetConnector

/// A source made from settings as an operator writes them.
func kismetSource(_ settings: [String: SettingValue] = [:]) throws -> KismetSource {
    var settings = settings
    settings["clientID"] = "id"
    settings["clientSecret"] = "secret"
    let parsed = KismetSource.connector.settings.parse(settings)
    try #require(parsed.problems.isEmpty)
    return try KismetSource(settings: parsed.settings)
}

/// Everything that a source lists.
func listings(_ settings: [String: SettingValue] = [:], api: ScriptedAPI) async throws -> [Listing] {
    let now = Timestamp(secondsSince1970: 1_760_000_000)
    var listings: [Listing] = []
    try await kismetSource(settings).listings(in: TimeWindow(from: now, to: now), api: api.client) {
        listings.append($0)
    }
    return listings
}

/// The recordings of call 5 of user 101 when Kismet answers with `rows`.
func recordings(_ answer: ScriptedAPI.Answer) async throws -> [Recording] {
    let api = ScriptedAPI([egressesPath: answer])
    var recordings: [Recording] = []
    try await kismetSource().recordings(in: sampleCall.listing(), api: api.client) { page in
        recordings += page.map(\.recording)
    }
    return recordings
}

let sampleCall = KismetCall(user: "101", call: "5")
let egressesPath = "/organization_users/101/calls/5/egresses"
let auditPath = "/organization_users/101/calls/5/egresses/1/audit_logs"

func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

func row(_ json: JSONLiteral) throws -> JSONValue { try JSONDocument(parsing: json.bytes).root }

func rows(_ text: String, at name: String) throws -> [JSONValue] {
    Array(try #require(try JSONDocument(parsing: text).root[name]).elements)
}
