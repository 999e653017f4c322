import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import WebexConnector

@Suite("Webex requests")
struct WebexRequestTests {
    private func read(
        _ answer: ScriptedAPI.Answer,
        settings: [String: SettingValue] = [:]
    ) async throws -> (api: ScriptedAPI, listed: [ListedRecording], failure: TapedeckError?) {
        let api = ScriptedAPI(["/recordingReport/accessSummary": answer])
        let source = try webexSource(settings)
        let day = try window("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
        var listed: [ListedRecording] = []
        var failure: TapedeckError?
        for listing in try await listings(settings, in: day) {
            do {
                try await source.recordings(in: listing, api: api.client) { listed += $0 }
            } catch let error as TapedeckError {
                failure = error
            }
        }
        return (api, listed, failure)
    }

    @Test("summaries are asked for in UTC, by start, exclusive end, site and host, 100 a page by Link")
    func summaries() async throws {
        let (api, _, _) = try await read(
            .json(["items": []]),
            settings: ["sites": "example.webex.com", "hostEmail": "a+b@example.com"]
        )
        let call = try #require(api.calls.first)
        #expect(call.request.method == "GET")
        #expect(call.request.headers["timezone"] == "UTC")
        #expect(call.request.auditCost == 0)
        #expect(
            call.request.query == [
                QueryItem("from", .start(try time("2026-01-01T00:00:00Z"))),
                QueryItem("to", "2026-01-02T00:00:00Z"),
                QueryItem("siteUrl", "example.webex.com"),
                QueryItem("hostEmail", "a+b@example.com"),
            ]
        )
        #expect(call.paging?.pageSize == PageSize("max", preferred: 100))
        #expect(call.paging?.items == "/items")
    }

    @Test("rows of another site than the one asked for are kept, with their own site")
    func otherSite() async throws {
        let (_, listed, _) = try await read(
            .json(["items": [["recordingId": "r", "siteUrl": "site4-example.webex.com"]]]),
            settings: ["sites": "example.webex.com"]
        )
        #expect(listed.map(\.recording.site) == ["site4-example.webex.com"])
    }

    @Test("a row without an id ends the listing as malformed after all others were handed over")
    func rowWithoutID() async throws {
        let (_, listed, failure) = try await read(
            .pages([["items": [["topic": "T"], ["recordingId": "a"]]], ["items": [["recordingId": "b"]]]])
        )
        #expect(listed.map(\.recording.id) == ["a", "b"])
        #expect(failure?.code == .malformedResponse)
        #expect(failure?.reason.contains("1 recordings without a recordingId") == true)
    }

    @Test("a failure between two pages is let through after the first page was handed over")
    func failureBetweenPages() async throws {
        let (_, listed, failure) = try await read(
            .failure(TapedeckError(.serverError, "down"), after: [["items": [["recordingId": "a"]]]])
        )
        #expect(listed.map(\.recording.id) == ["a"])
        #expect(failure?.code == .serverError)
    }

    @Test(
        "details are asked for with the host that the listing was asked with, or the row's own where all were asked for",
        arguments: [
            (nil, nil), ("chief@example.com", "chief@example.com"), ("all", "owner@example.com"),
        ] as [(String?, String?)]
    )
    func detailHost(configured: String?, expected: String?) async throws {
        let settings = configured.map { ["hostEmail": SettingValue.string($0)] } ?? [:]
        let (_, listed, _) = try await read(
            .json(["items": [["recordingId": "r/1", "hostEmail": "owner@example.com"]]]),
            settings: settings
        )
        let recording = try #require(listed.first?.recording)
        #expect(recording.context.isEmpty)
        let api = ScriptedAPI(["/recordingReport/accessDetail": .json(["items": []])])
        try await webexSource(settings).accessEvents(of: recording, since: nil, api: api.client) { _ in }
        let call = try #require(api.calls.first)
        #expect(call.request.query.first == QueryItem("recordingId", "r/1"))
        #expect(call.request.query.dropFirst().first { $0.name == "hostEmail" }?.value == expected.map(QueryValue.text))
        #expect(call.request.query.count == (expected == nil ? 1 : 2))
        #expect(call.request.headers["timezone"] == "UTC")
        #expect(call.paging?.pageSize == PageSize("max", preferred: 100))
    }
}
