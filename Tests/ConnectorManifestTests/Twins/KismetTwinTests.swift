import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Kismet, compiled in and declared")
struct KismetTwinTests {
    private static let root = "/api/external/organization_users"
    private static let secrets: [String: SettingValue] = ["clientID": "id", "clientSecret": "secret"]

    private static func page(
        _ name: String,
        _ items: [JSONLiteral],
        number: Int64 = 1,
        of pages: Int64 = 1
    ) -> ScriptedAnswer {
        let pagination: JSONLiteral = [
            "current_page": .integer(number), "per_page": 100, "total_pages": .integer(pages),
            "total_count": .integer(Int64(items.count)),
        ]
        return .json(.object([(name: name, value: .array(items)), (name: "pagination", value: pagination)]))
    }

    private static let egresses = ScriptedAnswer.json(
        text: """
            {"egresses": [
              {"id": 1, "egress_id": "EG_A", "status": "egress_ended", "error": null, "is_stopped": true,
               "ended_at": "2025-10-08T14:30:00Z", "created_at": "2025-10-08T14:00:00Z", "updated_at": "2025-10-08T14:30:00.5Z"},
              {"id": "2", "status": "EGRESS_ACTIVE", "error": "", "created_at": "2025-10-08 14:00:00"},
              {"id": 3, "egress_id": "", "status": "egress_ended", "error": {"code": 7}, "unknown": [1, {"a": 1.0e2}]},
              {"id": 12345678901234567890, "status": "egress_new", "error": "disk \\u0041 full"}
            ]}
            """
    )

    private static let audit = ScriptedAnswer.json(
        text: """
            {"audit_logs": [
              {"id": 85, "event": "read", "user_id": "1", "object_changes": null, "created_at": "2025-10-09T10:15:00Z"},
              {"id": 72, "event": "destroy", "user_id": 4, "object_changes": {"status": ["a", "b"]}, "created_at": "2025-10-08T14:30:00Z"},
              {"id": 71, "event": "other", "object_changes": [1]}],
             "pagination": {"current_page": 1, "per_page": 25, "total_pages": 1, "total_count": 3}}
            """
    )

    private static func routes(_ answers: KeyValuePairs<String, ScriptedAnswer>) -> [ScriptedRoute] {
        answers.map { ScriptedRoute("GET", root + $0.key, answers: [$0.value], repeatsLast: true) }
    }

    private static let everything = routes([
        "": page("organization_users", [["id": 101], ["id": 102], ["id": 103]]),
        "/101/calls": page(
            "calls",
            [
                ["id": 5, "is_ended": true, "has_egresses": true], ["id": 6, "is_ended": false],
                ["id": 7, "has_egresses": false],
                ["id": 8, "is_ended": true, "updated_at": "2025-01-01T00:00:00Z"],
            ]
        ),
        "/102/calls": .json(["error": "not found"], status: 404),
        "/103/calls": page("calls", [["id": 5, "is_ended": true], ["is_ended": true]]),
        "/101/calls/5/egresses": egresses,
        "/101/calls/8/egresses": .json(["egresses": []]),
        "/103/calls/5/egresses": .json(["egresses": [["status": "egress_ended"]]]),
        "/101/calls/5/egresses/1/audit_logs": audit,
        "/101/calls/5/egresses/2/audit_logs": page("audit_logs", []),
        "/101/calls/5/egresses/3/audit_logs": page("audit_logs", [["event": "read"]]),
        "/101/calls/5/egresses/12345678901234567890/audit_logs": page("audit_logs", []),
    ])

    @Test(
        "both ask the same and write the same, byte for byte",
        arguments: [
            [:], ["calls": [["organizationUserID": 101, "callID": 5], ["organizationUserID": "101", "callID": "5"]]],
            ["settlingDays": 0],
        ] as [[String: SettingValue]]
    )
    func runs(settings: [String: SettingValue]) async throws {
        let twin = try Twin.kismet()
        let settings = settings.merging(Self.secrets) { $1 }
        let compiled = try await twin.compiled.run(
            settings: settings,
            now: "2025-10-20T00:00:00Z",
            routes: Self.everything
        )
        let declared = try await twin.declared.run(
            settings: settings,
            now: "2025-10-20T00:00:00Z",
            routes: Self.everything
        )
        #expect(compiled.lines.map(\.count)[0] == 4)
        #expect(compiled.lines.map(\.count)[2] == 3)
        #expect(declared.lines == compiled.lines)
        #expect(declared.requests == compiled.requests)
        #expect(declared.states == compiled.states)
        #expect(declared.failures == compiled.failures)
    }

    @Test(
        "both say the same of files",
        arguments: [
            .json([
                "id": 1,
                "url": "https://s3.example/a.mp4?X-Amz-Date=20251008T143000Z&X-Amz-Expires=900&X-Amz-Signature=x",
            ]),
            .json(["id": 1, "url": "https://s3.example/a"]), .json(["id": 2, "url": "https://s3.example/a"]),
            .json(["id": 1, "url": "no link"]), .json(["id": 1, "url": nil, "status": "egress_active"]),
            .json(["id": 1, "status": "egress_failed"]), .json(["id": 1, "error": "x", "status": "egress_ended"]),
            .json(["id": 1, "url": ""]), .json([]), .failure(TapedeckError(.notFound, "x")),
            .failure(TapedeckError(.gone, "x")), .failure(TapedeckError(.forbidden, "x")),
            .failure(TapedeckError(.serverError, "x")),
        ] as [ScriptedAPI.Answer]
    )
    func media(answer: ScriptedAPI.Answer) async throws {
        let twin = try Twin.kismet()
        let call = "/organization_users/101/calls/5"
        var outlines: [String] = []
        for side in [twin.compiled, twin.declared] {
            let source = try side.source(
                ["calls": [["organizationUserID": 101, "callID": 5]]].merging(Self.secrets) { $1 }
            )
            let api = ScriptedAPI(["\(call)/egresses": .json(["egresses": [["id": 1]]]), "\(call)/egresses/1": answer])
            let recording = try #require(try await recordings(of: source, api).first)
            outlines.append(try await outline(of: recording, source, api))
            let asked = try #require(api.calls.last?.request)
            #expect(asked.auditCost == 1)
        }
        #expect(outlines[0] == outlines[1])
    }

    @Test("both describe the same credentials and settings")
    func descriptors() throws {
        let twin = try Twin.kismet()
        #expect(twin.declared.descriptor.settings.markdownTable == twin.compiled.descriptor.settings.markdownTable)
        #expect(twin.declared.descriptor.authentication.settings == twin.compiled.descriptor.authentication.settings)
        #expect(twin.declared.descriptor.produces == twin.compiled.descriptor.produces)
        #expect(twin.declared.descriptor.media == twin.compiled.descriptor.media)
        #expect(twin.declared.descriptor.windowRules == twin.compiled.descriptor.windowRules)
    }
}

/// All recordings of a source, in the order of its listings.
func recordings(of source: any RecordingSource, _ api: ScriptedAPI) async throws -> [Recording] {
    let window = TimeWindow(
        from: Timestamp(secondsSince1970: 1_759_000_000),
        to: Timestamp(secondsSince1970: 1_760_000_000)
    )
    var listings: [Listing] = []
    try await source.listings(in: window, api: api.client) { listings.append($0) }
    var recordings: [Recording] = []
    for listing in listings {
        try await source.recordings(in: listing, api: api.client) { recordings += $0.map(\.recording) }
    }
    return recordings
}
