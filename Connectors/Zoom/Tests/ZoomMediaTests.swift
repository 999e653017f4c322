import ConnectorManifest
import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Zoom media")
struct ZoomMediaTests {
    private static let path = "/meetings/%252Fab%252F%252Fc%252Bd%253D%253D/recordings"

    private func media(_ answer: ScriptedAPI.Answer) async throws -> MediaAvailability {
        let provider = try #require(try zoomSource() as? any MediaProviding)
        let api = ScriptedAPI([Self.path: answer])
        let media = try await provider.media(of: Recording(id: "/ab//c+d=="), api: api.client)
        #expect(api.calls.map(\.request.auditCost) == [0])
        return media
    }

    private func fixture() throws -> JSONLiteral {
        literal(try JSONDocument(parsing: try file("Tests/Fixtures/meeting.json")).root)
    }

    private func literal(_ value: JSONValue) -> JSONLiteral {
        switch value.kind {
        case .object: .object(value.members.map { (name: $0.name, value: literal($0.value)) })
        case .array: .array(value.elements.map(literal))
        case .string: .string(value.string ?? "")
        case .number: .integer(value.integer ?? 0)
        case .boolean: .boolean(value.boolean ?? false)
        case .null: .null
        }
    }

    @Test("each finished file is a rendition, whose link wants the account's token on another host")
    func links() async throws {
        guard case .available(let links) = try await media(.json(try fixture())) else {
            Issue.record("no links")
            return
        }
        #expect(links.map(\.rendition) == ["video", "video-2", "transcript"])
        #expect(links.map(\.fileExtension) == ["mp4", "mp4", "vtt"])
        #expect(links.map(\.byteCount) == [77, nil, nil])
        #expect(links.allSatisfy { $0.sendsCredentials && $0.url.hasPrefix("https://example.zoom.us/rec/download/") })
        #expect(try zoom().descriptor.credentialOrigins.count == 2)
    }

    @Test("a meeting that is still processed is not ready, and one without files is gone")
    func withoutFiles() async throws {
        let processing: JSONLiteral = [
            "uuid": "/ab//c+d==", "recording_files": [["status": "processing", "file_type": "", "file_size": 0]],
        ]
        guard case .pending = try await media(.json(processing)) else {
            Issue.record("it is not pending")
            return
        }
        guard case .gone = try await media(.json(["uuid": "/ab//c+d==", "recording_files": []])) else {
            Issue.record("it is not gone")
            return
        }
        guard case .gone = try await media(.failure(TapedeckError(.notFound, "x"))) else {
            Issue.record("a meeting that is not found is not gone")
            return
        }
    }

    @Test("another meeting's files are never taken for this one's")
    func otherMeeting() async throws {
        await #expect(throws: TapedeckError(.malformedResponse, "")) {
            try await media(.json(["uuid": "other", "recording_files": []]))
        }
    }
}
