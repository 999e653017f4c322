import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Webex, compiled in and declared")
struct WebexTwinTests {
    private static let summaries = "/v1/recordingReport/accessSummary"
    private static let details = "/v1/recordingReport/accessDetail"

    private static let first = """
        {"items": [
          {"recordingId": "a", "topic": "One", "timeRecorded": "2020-07-13T17:05:35Z", "siteUrl": "x.webex.com",
           "hostEmail": "John@example.com", "viewCount": 18, "downloadCount": 10},
          {"recordingId": "b", "timeRecorded": "2020-07-13T17:05:35", "viewCount": 2},
          {"recordingId": 7, "viewCount": 1.0, "downloadCount": 0}]}
        """

    private static let accesses = """
        {"items": [
          {"recordingId": "a", "name": "John", "email": "John@Example.com", "accessTime": "2020-07-13T17:05:35Z", "viewed": true,
           "downloaded": false},
          {"recordingId": "a", "name": "John", "email": "john@example.com", "accessTime": "2020-07-13T17:05:35+00:00", "viewed": true,
           "downloaded": false},
          {"name": "Guest", "accessTime": "2020-07-18T19:05:35.25Z", "viewed": true, "downloaded": true},
          {"recordingId": "a"}]}
        """

    private static func routes() -> [ScriptedRoute] {
        let next = "<https://webexapis.com\(summaries)?cursor=b&max=100>; rel=\"next\""
        let last: JSONLiteral = ["items": [["recordingId": "last", "viewCount": 0, "downloadCount": 0]]]
        let sites: JSONLiteral = ["sites": [["siteUrl": "x.webex.com", "default": true], ["siteUrl": "y.webex.com"]]]
        return [
            ScriptedRoute("GET", "/v1/meetingPreferences/sites", answers: [.json(sites)], repeatsLast: true),
            ScriptedRoute("GET", summaries, query: ["cursor": "b"], answers: [.json(last)], repeatsLast: true),
            ScriptedRoute(
                "GET",
                summaries,
                query: ["siteUrl": "y.webex.com"],
                answers: [.json(["items": []])],
                repeatsLast: true
            ),
            ScriptedRoute(
                "GET",
                summaries,
                answers: [.json(text: first, headers: ["Link": next])],
                repeatsLast: true
            ),
            ScriptedRoute(
                "GET",
                details,
                query: ["recordingId": "a"],
                answers: [.json(text: accesses)],
                repeatsLast: true
            ),
            ScriptedRoute("GET", details, answers: [.json(["items": []])], repeatsLast: true),
        ]
    }

    @Test(
        "both ask the same and write the same, byte for byte",
        arguments: [
            [:], ["sites": "all"], ["hostEmail": "all"], ["sites": ["x.webex.com", "y.webex.com"]],
            ["sites": "all", "hostEmail": ["john@example.com"]], ["sites": "x.webex.com", "hostEmail": "all"],
        ] as [[String: SettingValue]]
    )
    func runs(settings: [String: SettingValue]) async throws {
        let twin = try Twin.webex()
        let settings = settings.merging(["accessToken": "token", "from": "2020-07-01"]) { $1 }
        let compiled = try await twin.compiled.run(
            settings: settings,
            now: "2020-08-20T00:00:00Z",
            routes: Self.routes()
        )
        let declared = try await twin.declared.run(
            settings: settings,
            now: "2020-08-20T00:00:00Z",
            routes: Self.routes()
        )
        #expect(compiled.lines.map(\.count)[0] == 4)
        #expect(compiled.lines.map(\.count)[2] == 4)
        #expect(declared.lines == compiled.lines)
        #expect(declared.requests == compiled.requests)
        #expect(declared.states == compiled.states)
        #expect(declared.failures == compiled.failures)
    }

    @Test(
        "both say the same of files",
        arguments: [
            .json([
                "id": "a", "format": "mp4",
                "temporaryDirectDownloadLinks": [
                    "recordingDownloadLink": "https://files.example/1?x",
                    "audioDownloadLink": "https://files.example/2",
                    "transcriptDownloadLink": "https://files.example/3", "expiration": "2020-08-20T03:00:00Z",
                ],
            ]),
            .json([
                "id": "a", "format": "new",
                "temporaryDirectDownloadLinks": ["audioDownloadLink": "https://files.example/2"],
            ]),
            .json(["id": "a", "temporaryDirectDownloadLinks": ["recordingDownloadLink": "no link"]]),
            .json(["id": "a", "temporaryDirectDownloadLinks": nil]), .json(["id": "a", "status": "Deleted"]),
            .json(["id": "b"]), .json([]), .failure(TapedeckError(.notFound, "x")), .failure(TapedeckError(.gone, "x")),
            .failure(TapedeckError(.forbidden, "x")), .failure(TapedeckError(.confirmationRequired, "x")),
            .failure(TapedeckError(.serverError, "x")),
        ] as [ScriptedAPI.Answer]
    )
    func media(answer: ScriptedAPI.Answer) async throws {
        let twin = try Twin.webex()
        var outlines: [String] = []
        var asked: [String] = []
        for side in [twin.compiled, twin.declared] {
            let source = try side.source(["accessToken": "token", "hostEmail": "all"])
            let row: JSONLiteral = ["recordingId": "a", "siteUrl": "x.webex.com", "hostEmail": "j@example.com"]
            let api = ScriptedAPI(["/recordingReport/accessSummary": .json(["items": [row]]), "/recordings/a": answer])
            let recording = try #require(try await recordings(of: source, api).first)
            outlines.append(try await outline(of: recording, source, api))
            let request = try #require(api.calls.last?.request)
            asked.append("\(request.method) \(request.path) \(request.query) \(request.headers["siteUrl"] ?? "none")")
        }
        #expect(outlines[0] == outlines[1])
        #expect(asked[0] == asked[1])
    }

    @Test("a manifest takes an empty text for none, and a counter in quotes for a counter; that is all that differs")
    func differences() async throws {
        let twin = try Twin.webex()
        let row: JSONLiteral = ["recordingId": "a", "topic": "", "viewCount": "2", "downloadCount": 1]
        let api = ScriptedAPI(["/recordingReport/accessSummary": .json(["items": [row]])])
        let settings: [String: SettingValue] = ["accessToken": "token"]
        let compiled = try #require(try await recordings(of: try twin.compiled.source(settings), api).first)
        let declared = try #require(try await recordings(of: try twin.declared.source(settings), api).first)
        #expect(compiled.title == "")
        #expect(declared.title == nil)
    }
}
