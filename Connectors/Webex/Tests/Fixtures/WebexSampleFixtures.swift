import RecordingKit
import RecordingTestKit

/// The samples of the platform's documentation as answers to what the connector asks for.
enum WebexSampleFixtures {
    private static let site = "site4-example.webex.com"
    private static let ids = [
        "4f914b1dfe3c4d11a61730f18c0f5387", "3324fb76946249cfa07fc30b3ccbf580", "42b80117a2a74dcf9863bf06264f8075",
    ]

    static var fixtures: Fixtures {
        Fixtures(
            exchanges: exchanges,
            settings: ["accessToken": "made-up", "sites": .string(site), "from": "2020-07-01"],
            now: Timestamp(secondsSince1970: 1_597_881_600)
        )
    }

    private static var exchanges: [RecordedExchange] {
        let summaries = "/recordingReport/accessSummary"
        let range = [
            ("from", "2020-07-01T00:00:00Z"), ("to", "2020-08-20T00:00:00Z"), ("siteUrl", site), ("max", "100"),
        ]
        let next = "<https://webexapis.com/v1\(summaries)?cursor=b&max=100>; rel=\"next\""
        let last: JSONLiteral = [
            "items": [["recordingId": "last", "topic": "Example Topic", "viewCount": 0, "downloadCount": 0]]
        ]
        var exchanges = [
            exchange(summaries, [("siteUrl", site), ("max", "1")], WebexSamples.summaries),
            exchange(summaries, range, WebexSamples.summaries, headers: ["Link": next]),
            exchange(summaries, range + [("cursor", "b")], last.text),
        ]
        for id in ids + ["last"] {
            let details = WebexSamples.details.replacing(ids[0], with: id)
            exchanges.append(exchange("/recordingReport/accessDetail", [("recordingId", id), ("max", "100")], details))
            exchanges.append(
                exchange("/recordings/\(id)", [], WebexSamples.recording.text.replacing(ids[0], with: id))
            )
        }
        return exchanges
    }

    private static func exchange(
        _ path: String,
        _ query: [(String, String)],
        _ text: String,
        headers: HTTPHeaders = [:]
    ) -> RecordedExchange {
        RecordedExchange(
            RecordedRequest("GET", path, query: query.map { RecordedRequest.Parameter($0.0, $0.1) }),
            RecordedResponse(headers: headers, body: Array(text.utf8))
        )
    }
}
