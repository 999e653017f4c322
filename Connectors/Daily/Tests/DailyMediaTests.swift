import RecordingKit
import RecordingTestKit
import Testing

@Suite("Daily media")
struct DailyMediaTests {
    private func media(
        _ answer: ScriptedAPI.Answer,
        status: RecordingStatus = .available
    ) async throws -> MediaAvailability {
        let provider = try #require(try dailySource() as? any MediaProviding)
        let api = ScriptedAPI(["/recordings/0cb313e1-0001/access-link": answer])
        return try await provider.media(of: Recording(id: "0cb313e1-0001", status: status), api: api.client)
    }

    @Test("the signed link says when it ends, and carries its own credential")
    func link() async throws {
        let answer: JSONLiteral = [
            "download_link": "https://files.example/r/1.mp4?X-Amz-Signature=x", "expires": 1_548_789_999,
        ]
        guard case .available(let links) = try await media(.json(answer)) else {
            Issue.record("no link")
            return
        }
        #expect(links.map(\.rendition) == ["video"])
        #expect(links.first?.expiresAt?.description == "2019-01-29T19:26:39Z")
        #expect(links.first?.fileExtension == "mp4")
        #expect(links.first?.sendsCredentials == false)
    }

    @Test(
        "a sentence in place of the link is no link",
        arguments: [
            (["download_link": "Error: recording is not ready"], RecordingStatus.processing, "pending"),
            (["download_link": "Error"], .available, "pending"), (["download_link": nil], .failed, "gone"),
            ([:], .available, "pending"), (["download_link": "http://files.example/1.mp4"], .available, "pending"),
        ] as [(JSONLiteral, RecordingStatus, String)]
    )
    func sentence(answer: JSONLiteral, status: RecordingStatus, expected: String) async throws {
        switch try await media(.json(answer), status: status) {
        case .pending: #expect(expected == "pending")
        case .gone: #expect(expected == "gone")
        case .available, .forbidden: Issue.record("there is neither a link nor a ban")
        }
    }

    @Test("a recording that is not found is gone")
    func gone() async throws {
        guard case .gone = try await media(.failure(TapedeckError(.notFound, "x"))) else {
            Issue.record("it is not gone")
            return
        }
    }
}
