import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import KismetConnector

@Suite("Kismet media")
struct KismetMediaTests {
    private static let showPath = "/organization_users/101/calls/5/egresses/1"

    private func ask(_ answer: ScriptedAPI.Answer) async throws -> (api: ScriptedAPI, media: MediaAvailability) {
        var recording = Recording(id: "1")
        recording.context = sampleCall.context
        let api = ScriptedAPI([Self.showPath: answer])
        return (api, try await kismetSource().media(of: recording, api: api.client))
    }

    private func link(_ url: String) throws -> MediaLink {
        let row = try row(["id": 1, "url": .string(url)])
        guard case .available(let links) = try KismetMedia.availability(row, of: "1") else {
            throw TapedeckError(.connectorFailed, "no link")
        }
        #expect(links.count == 1)
        return try #require(links.first)
    }

    @Test("the documented details are asked for by the egress's number, declare their audit entry and give one link")
    func documentedDetails() async throws {
        let (api, media) = try await ask(.json(KismetSamples.details))
        #expect(api.calls.map(\.request.path) == [Self.showPath])
        #expect(api.calls.map(\.request.auditCost) == [1])
        #expect(KismetSource.connector.media == MediaOffer(mainRendition: "video", auditCost: 1))
        guard case .available(let links) = media else {
            Issue.record("no link")
            return
        }
        #expect(links.map(\.rendition) == ["video"])
        #expect(
            links.first?.url.hasPrefix("https://s3.amazonaws.com/recordings/session-5-recording-1.mp4?X-Amz") == true
        )
        #expect(links.first?.fileExtension == "mp4")
        #expect(links.first?.expiresAt == nil)
        #expect(links.first?.byteCount == nil)
        #expect(links.first?.sendsCredentials == false)
    }

    @Test(
        "the link's end is its date and its life together, and unknown when either is missing or makes no sense",
        arguments: [
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=900", "2025-10-08T14:45:00Z"),
            ("a=b&X-Amz-Expires=604800&c&X-Amz-Date=20241231T235959Z", "2025-01-07T23:59:59Z"),
            ("X-Amz-Date=20251008T143000Z", nil), ("X-Amz-Expires=900", nil), ("", nil),
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=0", nil),
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=-5", nil),
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=604801", nil),
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=99999999999999999999", nil),
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=9e2", nil),
            ("X-Amz-Date=20251008T143000&X-Amz-Expires=900", nil),
            ("X-Amz-Date=20251308T143000Z&X-Amz-Expires=900", nil),
            ("X-Amz-Date=2025-10-08T14:30Z&X-Amz-Expires=900", nil),
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=900&X-Amz-Expires=60", nil),
            ("X-Amz-Date&X-Amz-Expires", nil),
        ] as [(String, String?)]
    )
    func expiry(query: String, expected: String?) throws {
        let link = try link("https://s3.example/recordings/1.mp4?\(query)")
        #expect(link.expiresAt == (try expected.map { try time($0) }))
    }

    @Test(
        "the file's ending is that of the path's last segment, when it looks like one",
        arguments: [
            ("/a/b.mp4", "mp4"), ("/a/b.MP4", "mp4"), ("/a.b/c", nil), ("/a/b.", nil), ("/a/.mp4", nil),
            ("/a/b.tar.gz", "gz"), ("/a/b.m%704", nil), ("/a/b.longer", nil), ("/", nil), ("/a.mp4/", nil),
        ] as [(String, String?)]
    )
    func fileEnding(path: String, expected: String?) throws {
        #expect(try link("https://s3.example\(path)?X-Amz-Signature=a.webm").fileExtension == expected)
    }

    @Test(
        "without a link a recording that failed is gone, and any other is not ready, whatever else is said",
        arguments: [
            (["id": 1, "status": "egress_ended", "error": "Dave hung up"], "gone"),
            (["id": 1, "status": "egress_aborted", "url": nil], "gone"),
            (["id": 1, "status": "egress_starting", "url": nil], "pending"),
            (["id": 1, "status": "egress_ended", "url": ""], "pending"),
            (["id": "1", "status": "something_new", "kind": [1, 2]], "pending"),
            (["id": 1, "status": 7], "pending"), (["id": 1], "pending"),
        ] as [(JSONLiteral, String)]
    )
    func withoutLink(json: JSONLiteral, expected: String) throws {
        switch try KismetMedia.availability(try row(json), of: "1") {
        case .pending(let reason):
            #expect(expected == "pending")
            #expect(!reason.isEmpty)
        case .gone(let reason):
            #expect(expected == "gone")
            #expect(!reason.contains("Dave"))
        case .available, .forbidden:
            Issue.record("neither a link nor a ban was sent")
        }
    }

    @Test(
        "details of another recording, and a link that is none, are malformed",
        arguments: [
            ["id": 2, "url": "https://s3.example/2.mp4"], ["url": "https://s3.example/1.mp4"], [], "text", nil,
            ["id": 1, "url": 7], ["id": 1, "url": ["https://s3.example/1.mp4"]], ["id": 1, "url": "/recordings/1.mp4"],
            ["id": 1, "url": "s3://recordings/1.mp4"], ["id": 1, "url": "https://s3.example/a b"],
        ] as [JSONLiteral]
    )
    func malformed(json: JSONLiteral) async throws {
        await #expect(throws: TapedeckError(.malformedResponse, "")) { try await ask(.json(json)) }
    }

    @Test(
        "what the platform refuses is an answer where it says something about the recording",
        arguments: [
            (.notFound, "gone"), (.gone, "gone"), (.forbidden, "forbidden"), (.serverError, nil), (.unauthorized, nil),
            (.rateLimited, nil), (.auditBudgetExhausted, nil), (.waitTooLong, nil),
        ] as [(TapedeckError.Code, String?)]
    )
    func refusals(code: TapedeckError.Code, expected: String?) async throws {
        guard let expected else {
            await #expect(throws: TapedeckError(code, "")) { try await ask(.failure(TapedeckError(code, "scripted"))) }
            return
        }
        switch try await ask(.failure(TapedeckError(code, "scripted"))).media {
        case .gone: #expect(expected == "gone")
        case .forbidden: #expect(expected == "forbidden")
        case .available, .pending: Issue.record("a refusal is neither a link nor a promise")
        }
    }

    @Test("a recording without the ids that lead to it is refused before anything is asked")
    func lostCall() async throws {
        let api = ScriptedAPI()
        await #expect(throws: TapedeckError(.connectorFailed, "")) {
            try await kismetSource().media(of: Recording(id: "1"), api: api.client)
        }
        #expect(api.calls.isEmpty)
    }
}
