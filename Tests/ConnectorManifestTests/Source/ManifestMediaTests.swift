import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

@Suite("How a manifest's media are had")
struct ManifestMediaTests {
    private func media(
        _ media: String,
        _ answer: ScriptedAPI.Answer
    ) async throws -> (availability: MediaAvailability?, failure: TapedeckError?, descriptor: ConnectorDescriptor) {
        let api = ScriptedAPI(["/tapes/1": answer])
        let text = withHead(
            "recordings: { request: { path: \"/tapes\" }, each: \"/tapes\", id: \"/id\" }, media: \(media),"
        )
        let descriptor = try manifest(text).descriptor
        var recording = Recording(id: "1", status: .available)
        recording.site = "s"
        do {
            return (try await source(text).media(of: recording, api: api.client), nil, descriptor)
        } catch let error as TapedeckError {
            return (nil, error, descriptor)
        }
    }

    private static let files = """
        {
          request: { path: "/tapes/{recording.id}", headers: { site: "{recording.site}" }, auditCost: 1 },
          mainRendition: "film", moreRenditionsWithin: "2d", belongsTo: { at: "/id" },
          links: [
            { each: "/files/*", where: { at: "/ready", equals: true }, rendition: "/kind", url: "/url",
              expiresAt: "/until", fileExtension: "from_url", bytes: "/size" },
            { rendition: "text", url: "/text", lifetime: "15m", fileExtension: ".VTT", sendsCredentials: true },
          ],
          otherwise: [
            { when: { at: "/state", equals: "busy" }, is: "pending", reason: "busy" },
            { is: "forbidden", reason: "locked" },
          ],
          onError: { not_found: { is: "gone", reason: "deleted" } },
        }
        """

    private func links(_ availability: MediaAvailability?) -> [MediaLink] {
        guard case .available(let links) = availability else { return [] }
        return links
    }

    @Test("links are made of rows, and renditions that repeat are numbered")
    func available() async throws {
        let files: JSONLiteral = [
            ["ready": true, "url": "https://f.example/a.MP4?x=1", "until": "2025-10-02T10:00:00Z", "size": 7],
            ["ready": true, "kind": "audio", "url": "https://f.example/b"],
            ["ready": true, "kind": "audio", "url": "https://f.example/c.m4a"],
            ["ready": false, "url": "https://f.example/d"], ["ready": true, "url": .null],
        ]
        let result = try await media(Self.files, .json(["id": 1, "files": files, "text": "https://f.example/t"]))
        let links = links(result.availability)
        #expect(links.map(\.rendition) == ["film", "audio", "audio-2", "text"])
        #expect(links.map(\.fileExtension) == ["mp4", nil, "m4a", "vtt"])
        #expect(links.map(\.byteCount) == [7, nil, nil, nil])
        #expect(links.map(\.expiresAt) == [try time("2025-10-02T10:00:00Z"), nil, nil, nil])
        #expect(links.map(\.lifetime) == [nil, nil, nil, .seconds(900)])
        #expect(links.map(\.sendsCredentials) == [false, false, false, true])
        #expect(
            result.descriptor.media
                == MediaOffer(mainRendition: "film", auditCost: 1, moreRenditionsWithin: .seconds(172_800))
        )
        #expect(result.descriptor.produces == [.recordings, .media])
    }

    @Test("why there is no link is said by the first case that holds")
    func otherwise() async throws {
        guard case .pending("busy") = try await media(Self.files, .json(["id": 1, "state": "busy"])).availability else {
            Issue.record("not pending")
            return
        }
        guard case .forbidden("locked") = try await media(Self.files, .json(["id": "1", "files": []])).availability
        else {
            Issue.record("not forbidden")
            return
        }
    }

    @Test("error codes that are an answer are one, and others are thrown")
    func errors() async throws {
        let gone = try await media(Self.files, .failure(TapedeckError(.notFound, "no")))
        guard case .gone("deleted") = gone.availability else {
            Issue.record("not gone")
            return
        }
        let refused = try await media(Self.files, .failure(TapedeckError(.forbidden, "no")))
        guard case .forbidden("the platform does not let these credentials have it") = refused.availability else {
            Issue.record("not forbidden")
            return
        }
        let failed = try await media(Self.files, .failure(TapedeckError(.serverError, "no")))
        #expect(failed.failure?.code == .serverError)
    }

    @Test(
        "an answer about another recording, a link that is none and a value that is not what was declared are malformed",
        arguments: [
            ["id": 2, "text": "https://f.example/t"], ["text": "https://f.example/t"], ["id": 1, "text": "t.vtt"],
            ["id": 1, "text": ["x": 1]],
            ["id": 1, "files": [["ready": true, "url": "https://f.example/a", "until": "soon"]]],
            ["id": 1, "files": [["ready": true, "url": "https://f.example/a", "size": -1]]],
        ] as [JSONLiteral]
    )
    func malformed(answer: JSONLiteral) async throws {
        #expect(try await media(Self.files, .json(answer)).failure?.code == .malformedResponse)
    }

    @Test("without a request links are made of templates")
    func templates() async throws {
        let result = try await media(
            "{ links: [{ url: \"https://f.example/{recording.id}.mp3\", fileExtension: \"from_url\", sendsCredentials: true }] }",
            .json([])
        )
        #expect(links(result.availability).map(\.url) == ["https://f.example/1.mp3"])
        #expect(links(result.availability).map(\.fileExtension) == ["mp3"])
    }

    @Test("only the first row with a link is taken where the manifest says so")
    func first() async throws {
        let media = """
            { request: { path: "/tapes/{recording.id}" }, links: [{ each: "/files/*", take: "first", url: "/url" }] }
            """
        let files: JSONLiteral = [["url": ""], ["url": "https://f.example/b"], ["url": "https://f.example/c"]]
        let result = try await self.media(media, .json(["files": files]))
        #expect(links(result.availability).map(\.url) == ["https://f.example/b"])
    }
}
