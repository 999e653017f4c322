extension Scaffold {
    /// What the invented platform answers: a check, and two pages of recordings.
    func fixtures(in folder: String) -> [ScaffoldFile] {
        [
            ScaffoldFile(path: "\(folder)/exchanges.jsonl", text: Self.exchanges.joined(separator: "\n") + "\n"),
            ScaffoldFile(
                path: "\(folder)/settings.json",
                text: "{ \"accessToken\": \"made-up-token\" }\n"
            ),
            ScaffoldFile(
                path: "\(folder)/fixtures.json",
                text:
                    "{ \"now\": \"2026-01-31T12:00:00Z\", \"note\": \"Made up; record your own with tapedeck record.\" }\n"
            ),
        ]
    }

    private static let exchanges = [
        exchange("[[\"limit\",\"1\"]]", "{\"recordings\":[\(first)],\"next\":\"\"}"),
        exchange("[[\"limit\",\"100\"]]", "{\"recordings\":[\(first),\(second)],\"next\":\"c2\"}"),
        exchange("[[\"limit\",\"100\"],[\"cursor\",\"c2\"]]", "{\"recordings\":[\(third)],\"next\":\"\"}"),
    ]

    private static let first = recording(1, state: "ready")
    private static let second = recording(2, state: "recording")
    private static let third = recording(3, state: "failed")

    private static func recording(_ number: Int, state: String) -> String {
        """
        {"id":"r\(number)","title":"Call \(number)","started_at":"2026-01-0\(number)T10:00:00Z",\
        "ended_at":"2026-01-0\(number)T10:30:00Z","state":"\(state)",\
        "host":{"id":7,"name":"Host One","email":"host.one@example.com"}}
        """
    }

    private static func exchange(_ query: String, _ json: String) -> String {
        """
        {"request":{"method":"GET","path":"/recordings","query":\(query)},\
        "response":{"status":200,"headers":[["Content-Type","application/json"]],"json":\(json)}}
        """
    }
}
