import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import WebexConnector

@Suite("Webex media")
struct WebexMediaTests {
    private static let id = "4f914b1dfe3c4d11a61730f18c0f5387"

    private func ask(
        _ answer: ScriptedAPI.Answer,
        host: String? = nil,
        site: String? = nil
    ) async throws -> (request: APIRequest?, media: MediaAvailability) {
        var recording = Recording(id: Self.id)
        recording.parameters["hostEmail"] = host
        recording.site = site
        let api = ScriptedAPI(["/recordings/\(Self.id)": answer])
        let media = try await webexSource().media(of: recording, api: api.client)
        #expect(api.calls.count == 1)
        return (api.calls.first?.request, media)
    }

    private func links(_ json: JSONLiteral) throws -> [MediaLink] {
        guard case .available(let links) = try WebexMedia.availability(try row(json), of: Self.id) else { return [] }
        return links
    }

    @Test("the documented details give three links that end together and need no credentials")
    func documentedDetails() async throws {
        let (_, media) = try await ask(.json(WebexSamples.recording))
        guard case .available(let links) = media else {
            Issue.record("no links")
            return
        }
        #expect(links.map(\.rendition) == ["video", "audio", "transcript"])
        #expect(links.map(\.fileExtension) == ["arf", nil, "vtt"])
        #expect(links.map { $0.url.contains("MultiThreadDownloadServlet") } == [true, false, false])
        #expect(links.map { $0.url.contains("mediaType=2") } == [false, false, true])
        let end = try time("2022-05-01T10:30:25Z")
        #expect(links.allSatisfy { $0.expiresAt == end && $0.byteCount == nil && !$0.sendsCredentials })
        #expect(WebexSource.connector.media == MediaOffer(mainRendition: "video", auditCost: 0))
    }

    @Test("details are asked for in UTC, as the host that listed the recording and on the recording's own site")
    func request() async throws {
        let plain = try #require(try await ask(.json(WebexSamples.recording)).request)
        #expect(plain.query.isEmpty)
        #expect(plain.headers["siteUrl"] == nil)
        #expect(plain.auditCost == 0)
        let other = try await ask(
            .json(WebexSamples.recording),
            host: "chief@example.com",
            site: "site4-example.webex.com"
        )
        #expect(other.request?.query == [QueryItem("hostEmail", "chief@example.com")])
        #expect(other.request?.headers["siteUrl"] == "site4-example.webex.com")
        #expect(other.request?.headers["timezone"] == "UTC")
    }

    @Test(
        "the format decides how the main file's name ends, where it is one that is known",
        arguments: [("MP4", "mp4"), ("mp4", "mp4"), ("ARF", "arf"), ("MP3", "mp3"), ("UPLOADED", nil), ("", nil)]
            as [(String, String?)]
    )
    func formats(format: String, expected: String?) throws {
        let json = JSONLiteral.object(WebexSamples.members(links: .object(WebexSamples.links), format: format))
        #expect(try links(json).first?.fileExtension == expected)
    }

    @Test(
        "each link may be missing, null or empty, and what else is there is not a link",
        arguments: [
            (
                ["recordingDownloadLink": "https://a.example/1", "thumbnailLink": "https://a.example/2", "n": 7],
                ["video"]
            ),
            (["audioDownloadLink": "https://a.example/1", "recordingDownloadLink": nil], ["audio"]),
            (["transcriptDownloadLink": "https://a.example/1", "audioDownloadLink": ""], ["transcript"]),
        ] as [(JSONLiteral, [String])]
    )
    func someLinks(json: JSONLiteral, expected: [String]) throws {
        let links = try links(.object(WebexSamples.members(links: json)))
        #expect(links.map(\.rendition) == expected)
        #expect(links.allSatisfy { $0.expiresAt == nil })
    }

    @Test(
        "an end that is no time leaves the link without one",
        arguments: ["soon", 1_651_401_025, nil, ["2022-05-01T10:30:25Z"]] as [JSONLiteral]
    )
    func strangeExpiration(expiration: JSONLiteral) throws {
        let json: JSONLiteral = ["recordingDownloadLink": "https://a.example/1", "expiration": expiration]
        let links = try links(.object(WebexSamples.members(links: json)))
        #expect(links.count == 1)
        #expect(links.first?.expiresAt == nil)
    }

    @Test(
        "no links mean that downloading is prevented, or that the recording was deleted; web pages are no substitute",
        arguments: [
            (nil, "available", "forbidden"), (.null, "available", "forbidden"), ([:], "available", "forbidden"),
            (["recordingDownloadLink": nil], nil, "forbidden"), (nil, "deleted", "gone"), (.null, "purged", "gone"),
            ([:], "DELETED", "gone"), (nil, 7, "forbidden"),
        ] as [(JSONLiteral?, JSONLiteral, String)]
    )
    func withoutLinks(links: JSONLiteral?, status: JSONLiteral, expected: String) throws {
        let json = JSONLiteral.object(WebexSamples.members(links: links, status: status))
        switch try WebexMedia.availability(try row(json), of: Self.id) {
        case .forbidden(let reason):
            #expect(expected == "forbidden")
            #expect(reason.contains("Prevent downloading"))
        case .gone: #expect(expected == "gone")
        case .available, .pending: Issue.record("there are no links")
        }
    }

    @Test(
        "links of a wrong type, and links that are no URLs, are malformed",
        arguments: [
            "https://a.example/1", 7, [], ["recordingDownloadLink": 7], ["recordingDownloadLink": "/nbr/file"],
            ["recordingDownloadLink": "https://a.example/1", "audioDownloadLink": ["https://a.example/2"]],
            ["transcriptDownloadLink": "ftp://a.example/1"],
        ] as [JSONLiteral]
    )
    func malformedLinks(links: JSONLiteral) async throws {
        await #expect(throws: TapedeckError(.malformedResponse, "")) {
            try await ask(.json(.object(WebexSamples.members(links: links))))
        }
    }

    @Test(
        "details of another recording are refused: their links lead to another's files",
        arguments: [["id": "other"], ["topic": "T"], [], nil, "text", ["items": []]] as [JSONLiteral]
    )
    func otherRecording(json: JSONLiteral) async throws {
        await #expect(throws: TapedeckError(.malformedResponse, "")) { try await ask(.json(json)) }
    }

    @Test(
        "what the platform refuses is an answer where it says something about the recording",
        arguments: [
            (.notFound, 404, "gone"), (.gone, 410, "gone"), (.forbidden, 403, "forbidden"),
            (.confirmationRequired, 428, "forbidden"), (.rateLimited, 423, "pending"), (.rateLimited, 429, nil),
            (.serverError, 500, nil), (.unauthorized, 401, nil), (.waitTooLong, 423, nil),
        ] as [(TapedeckError.Code, Int, String?)]
    )
    func refusals(code: TapedeckError.Code, status: Int, expected: String?) async throws {
        var error = TapedeckError(code, "scripted")
        error.status = status
        let failure = error
        guard let expected else {
            await #expect(throws: failure) { try await ask(.failure(failure)) }
            return
        }
        switch try await ask(.failure(failure)).media {
        case .gone: #expect(expected == "gone")
        case .forbidden(let reason):
            #expect(expected == "forbidden")
            #expect(reason.contains(code == .forbidden ? "meeting:recordings_read" : "malware"))
        case .pending: #expect(expected == "pending")
        case .available: Issue.record("a refusal holds no links")
        }
    }
}
