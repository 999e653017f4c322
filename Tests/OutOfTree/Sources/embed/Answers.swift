/// What the three platforms answer.
enum Answers {
    static let tapes = "/api/shelves/lobby/tapes"

    /// Two pages of tapes; `count` of them in all.
    static func archive(count: Int) -> [String: String] {
        let rows = (1...count).map {
            #"{"id": \#($0), "label": "Tape \#($0)", "recorded_at": "2025-01-0\#($0)T10:00:00Z", "loans": 0}"#
        }
        let first = rows.prefix(2).joined(separator: ",")
        let rest = rows.dropFirst(2).joined(separator: ",")
        var answers = [
            tapes: #"{"tapes": [\#(first)], "next": "b"}"#,
            "\(tapes)?after=b": #"{"tapes": [\#(rest)], "next": null}"#,
        ]
        for tape in 1...count { answers["/api/tapes/\(tape)/loans"] = #"{"loans": []}"# }
        return answers
    }

    /// One user with one call, which has one recording that was read once.
    static let kismet: [String: String] = {
        let root = "/api/external/organization_users"
        let egresses = "\(root)/101/calls/5/egresses"
        let one = #""pagination": {"current_page": 1, "per_page": 100, "total_pages": 1, "total_count": 1}"#
        let read = #"{"id": 85, "event": "read", "user_id": "1", "created_at": "2025-10-09T10:15:00Z"}"#
        return [
            root: #"{"organization_users": [{"id": 101}], \#(one)}"#,
            "\(root)/101/calls": #"{"calls": [{"id": 5, "is_ended": true, "has_egresses": true}], \#(one)}"#,
            egresses: #"{"egresses": [{"id": 1, "egress_id": "EG_a", "status": "egress_ended", "error": null}]}"#,
            "\(egresses)/1/audit_logs": #"{"audit_logs": [\#(read)], \#(one)}"#,
        ]
    }()

    /// One recording that one person viewed.
    static let webex = [
        "/v1/recordingReport/accessSummary":
            #"{"items": [{"recordingId": "r1", "topic": "Standup", "viewCount": 1, "downloadCount": 0}]}"#,
        "/v1/recordingReport/accessDetail": #"""
        {"items": [{"recordingId": "r1", "email": "joe@example.com", "accessTime": "2025-10-09T10:15:00Z",
                    "viewed": true, "downloaded": false}]}
        """#,
    ]

    /// What all three answer, with this many tapes.
    static func all(tapes count: Int) -> [String: String] {
        [archive(count: count), kismet, webex].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }
}
