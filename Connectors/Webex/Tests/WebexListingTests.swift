import RecordingKit
import RecordingTestKit
import Testing

@testable import WebexConnector

@Suite("Webex listings")
struct WebexListingTests {
    @Test("a year is asked for in pieces of at most 90 days that touch, the oldest first")
    func longWindow() async throws {
        let year = try window("2025-11-21T00:00:00Z", "2026-11-21T00:00:00Z")
        let windows = try await listings(in: year).compactMap(\.window)
        #expect(windows.count == 5)
        #expect(windows.first?.from == year.from)
        #expect(windows.last?.to == year.to)
        #expect(zip(windows, windows.dropFirst()).allSatisfy { $0.to == $1.from })
        #expect(windows.allSatisfy { $0.length <= .seconds(90 * 86_400) })
    }

    @Test("bounds with fractions are asked for in whole seconds without leaving anything out")
    func fractions() async throws {
        let exact = try window("2026-01-01T00:00:00.75Z", "2026-06-30T12:00:00.25Z")
        let found = try await listings(in: exact).compactMap(\.window)
        #expect(found.first?.from == (try time("2026-01-01T00:00:00Z")))
        #expect(found.last?.to == exact.to)
        let asked = found.map { $0.to.roundedUpToSecond.duration(since: $0.from) }
        #expect(asked.allSatisfy { $0 <= .seconds(90 * 86_400) })
        let request = WebexRequest.summaries(site: nil, host: nil, window: found.last)
        #expect(request.query.last == QueryItem("to", "2026-06-30T12:00:01Z"))
    }

    @Test("the setting from narrows the window, and one after it leaves nothing")
    func from() async throws {
        let month = try window("2026-01-15T00:00:00Z", "2026-02-15T00:00:00Z")
        let narrowed = try await listings(["from": "2026-02-01"], in: month)
        #expect(narrowed.map(\.window) == [try window("2026-02-01T00:00:00Z", "2026-02-15T00:00:00Z")])
        #expect(try await listings(["from": "2026-03-01"], in: month).isEmpty)
        #expect(try await listings(["from": "2020-01-01"], in: month).map(\.window) == [month])
    }

    @Test("no site and no host are named unless the operator names them")
    func preferredSite() async throws {
        let api = ScriptedAPI()
        let found = try await listings(in: try window("2026-01-01T00:00:00Z", "2026-01-31T00:00:00Z"), api: api)
        #expect(found.map(\.parameters) == [[:]])
        #expect(found.map(\.label) == ["preferred site"])
        #expect(api.calls.isEmpty)
    }

    @Test("every combination of window, site and host is one listing, told apart by key and range")
    func combinations() async throws {
        let span = try window("2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z")
        let found = try await listings(
            [
                "sites": ["a.webex.com", "b.webex.com", "A.webex.com"],
                "hostEmail": ["x@example.com", "y@example.com"],
            ],
            in: span
        )
        #expect(found.count == 2 * 2 * 2)
        #expect(ConnectorConformance.problems(in: found).isEmpty)
        #expect(found.prefix(4).allSatisfy { $0.window?.from == span.from })
        #expect(found[1].parameters == ["siteUrl": "a.webex.com", "hostEmail": "y@example.com"])
        #expect(found[1].label == "a.webex.com, host 2 of 2")
    }

    @Test("labels hold no e-mail", arguments: [["x@example.com"], ["x@example.com", "y@example.com"], ["all"]])
    func labels(hosts: [String]) async throws {
        let found = try await listings(
            ["hostEmail": .list(hosts.map(SettingValue.string))],
            in: try window("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
        )
        #expect(found.count == hosts.count)
        #expect(!found.contains { $0.label.contains("@") })
    }

    @Test("the word all reads every site of the account, the preferred one among them")
    func allSites() async throws {
        let sites: JSONLiteral = [
            "sites": [["siteUrl": "a.webex.com", "default": true], ["siteUrl": "b.webex.com", "default": false]]
        ]
        let api = ScriptedAPI(["/meetingPreferences/sites": .json(sites)])
        let day = try window("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
        let found = try await listings(["sites": "all"], in: day, api: api)
        #expect(found.compactMap { $0.parameters["siteUrl"] } == ["a.webex.com", "b.webex.com"])
    }

    @Test(
        "an account that names no usable site fails, and is not read as empty",
        arguments: [["sites": []], ["sites": [["default": true]]], [:], ["items": [["siteUrl": "a.webex.com"]]]]
            as [JSONLiteral]
    )
    func noSites(answer: JSONLiteral) async throws {
        let api = ScriptedAPI(["/meetingPreferences/sites": .json(answer)])
        let day = try window("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
        await #expect(throws: TapedeckError(.malformedResponse, "")) {
            try await listings(["sites": "all"], in: day, api: api)
        }
    }
}
