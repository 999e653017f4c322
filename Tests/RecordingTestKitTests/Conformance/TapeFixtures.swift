import RecordingKit
import RecordingTestKit

/// An archive of two boxes, whose tapes come on two pages for each range.
enum TapeFixtures {
    static let now = Timestamp(secondsSince1970: 1_772_323_200)
    static let since = now.advanced(by: .seconds(-120 * 86_400))
    static let settings: [String: SettingValue] = ["login": "archivist", "apiKey": "made-up"]

    static var fixtures: Fixtures {
        Fixtures(exchanges: exchanges, settings: settings, now: now, since: since)
    }

    private static var exchanges: [RecordedExchange] {
        let boxes: JSONLiteral = ["boxes": [["id": "b1"], ["id": "b2"]], "next": nil]
        var exchanges = [
            answer("/boxes", [("limit", "1")], ["boxes": [["id": "b1"]], "next": nil]), answer("/boxes", [], boxes),
        ]
        let windows = TapeConnector.descriptor().windowRules.split(TimeWindow(from: since, to: now))
        for box in ["b1", "b2"] {
            for (index, window) in windows.enumerated() {
                exchanges += tapes(of: box, index, window)
            }
        }
        return exchanges
    }

    private static func tapes(of box: String, _ index: Int, _ window: TimeWindow) -> [RecordedExchange] {
        let path = "/boxes/\(box)/tapes"
        let query = [("from", window.from.description), ("to", window.to.description), ("limit", "100")]
        let ids = (1...3).map { "\(box)-\(index)-\($0)" }
        let link = "<https://tapes.example/api\(path)?cursor=\(box)\(index)>; rel=\"next\""
        var pages = [
            answer(path, query, ["items": .array(ids.prefix(2).map(tape))], headers: ["Link": link]),
            answer(path, query + [("cursor", "\(box)\(index)")], ["items": .array(ids.suffix(1).map(tape))]),
        ]
        for id in ids {
            pages.append(
                answer(
                    "/tapes/\(id)/accesses",
                    [],
                    ["events": [event(id, 1, "view"), event(id, 2, "download")], "next": "2"]
                )
            )
            pages.append(
                answer("/tapes/\(id)/accesses", [("after", "2")], ["events": [event(id, 3, "view")], "next": nil])
            )
            pages.append(
                answer("/tapes/\(id)/file", [], ["id": .string(id), "url": .string("https://files.example/\(id).mp4")])
            )
        }
        return pages
    }

    private static func tape(_ id: String) -> JSONLiteral {
        [
            "id": .string(id), "title": .string("Quarterly review \(id)"), "recorded_at": "2026-01-02T03:04:05Z",
            "status": "ready", "owner": ["name": "Ann Example", "email": "ann@tapes.example"], "length": 12.50,
        ]
    }

    private static func event(_ id: String, _ number: Int, _ action: String) -> JSONLiteral {
        [
            "id": .string("\(id)/\(number)"), "who": "Bob Example", "action": .string(action),
            "at": "2026-01-03T03:04:05Z",
        ]
    }

    private static func answer(
        _ path: String,
        _ query: [(String, String)],
        _ json: JSONLiteral,
        headers: HTTPHeaders = [:]
    ) -> RecordedExchange {
        RecordedExchange(
            RecordedRequest("GET", path, query: query.map { RecordedRequest.Parameter($0.0, $0.1) }),
            RecordedResponse(headers: headers, body: json.bytes)
        )
    }
}
