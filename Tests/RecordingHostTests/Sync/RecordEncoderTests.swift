import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

struct RecordEncoderTests {
    private static let now = Timestamp(secondsSince1970: 1_767_225_600, nanoseconds: 5_000_000, fractionDigits: 3)

    private func recording(raw: String? = nil) throws -> Recording {
        var recording = Recording(id: "r\"1", status: .available)
        recording.title = "Über \u{2028} \n"
        recording.startedAt = Timestamp("2026-01-01T08:00:00+08:00")
        recording.endedAt = Timestamp("2026-01-01T00:30:00.250Z")
        recording.rawStatus = "EGRESS_COMPLETE"
        recording.host = Person(id: "7", name: nil, email: "a@b.test")
        recording.context = [ContextEntry("call_id", "5"), ContextEntry("a\"b", "")]
        recording.raw = try raw.map { try JSONDocument(parsing: $0).root }
        return recording
    }

    private func encoder(raw: Bool = true) -> RecordEncoder {
        RecordEncoder(source: "clinic", connector: "kismet", includesRaw: raw)
    }

    /// What `encode` makes the encoder write.
    private func text(
        _ encoder: inout RecordEncoder,
        _ encode: (inout RecordEncoder) throws -> RecordEncoder.Fingerprint
    ) rethrows -> String {
        _ = try encode(&encoder)
        return String(decoding: encoder.json, as: UTF8.self)
    }

    @Test("A recording has every member, null where nothing is known, and its raw object on one line")
    func recordingText() throws {
        var encoder = encoder()
        let raw = "{\n  \"id\": 1.50,\r\n  \"t\": \"a\\nb\"\n}"
        let written = try text(&encoder) { $0.encode(try recording(raw: raw), observedAt: Self.now) }
        let head = #"{"source":"clinic","connector":"kismet","id":"r\"1","title":""#
        #expect(written.hasPrefix(head))
        let tail =
            #"","started_at":"2026-01-01T00:00:00Z","ended_at":"2026-01-01T00:30:00.250Z","created_at":null,"#
            + #""updated_at":null,"status":"available","status_raw":"EGRESS_COMPLETE","error":null,"#
            + #""host":{"id":"7","name":null,"email":"a@b.test"},"site":null,"context":{"call_id":"5","a\"b":""},"#
            + #""observed_at":"2026-01-01T00:00:00.005Z","raw":{   "id": 1.50,    "t": "a\nb" }}"#
        #expect(written.hasSuffix(tail))
        let json = try JSONDocument(parsing: written).root
        #expect(json["title"]?.string == "Über \u{2028} \n")
        #expect(!written.utf8.contains { $0 == 0x0A || $0 == 0x0D })
    }

    @Test("Without raw there is no such member; with raw and nothing to show it is null") func rawSwitch() throws {
        var off = encoder(raw: false)
        #expect(
            try text(&off) { $0.encode(try recording(raw: "{}"), observedAt: Self.now) }.hasSuffix(
                #""observed_at":"2026-01-01T00:00:00.005Z"}"#
            )
        )
        var on = encoder()
        #expect(
            try text(&on) { $0.encode(try recording(), observedAt: Self.now) }.hasSuffix(#","raw":null}"#)
        )
    }

    @Test("A summary's text is this") func summaryText() {
        var encoder = encoder()
        let summary = AccessSummary(recordingID: "r1", views: 3, downloads: nil)
        #expect(
            text(&encoder) { $0.encode(summary, asOf: Self.now) }
                == #"{"source":"clinic","connector":"kismet","recording_id":"r1","views":3,"downloads":null,"#
                + #""as_of":"2026-01-01T00:00:00.005Z"}"#
        )
    }

    @Test(
        "An event's text is this",
        arguments: [(true, "true"), (false, "false"), (nil, "null")] as [(Bool?, String)]
    )
    func eventText(isSelfInduced: Bool?, shown: String) throws {
        var event = AccessEvent(
            identity: .platform("e"),
            recordingID: "r1",
            actor: Person(name: "Ann"),
            actions: [.view, .download]
        )
        event.occurredAt = Timestamp("2026-01-01T00:00:00Z")
        event.changes = try JSONDocument(parsing: #"{"title":["a",null]}"#).root
        event.raw = try JSONDocument(parsing: "[1]").root
        var encoder = encoder()
        let written = text(&encoder) {
            $0.encode(event, id: "e1", isSynthetic: true, isSelfInduced: isSelfInduced)
        }
        #expect(
            written
                == #"{"source":"clinic","connector":"kismet","recording_id":"r1","id":"e1","id_is_synthetic":true,"#
                + #""actor":{"id":null,"name":"Ann","email":null},"actions":["view","download"],"#
                + #""occurred_at":"2026-01-01T00:00:00Z","changes":{"title":["a",null]},"self_induced":\#(shown),"raw":[1]}"#
        )
    }

    @Test("When it was observed is not content, where it was listed is context, all else is content") func hashes()
        throws
    {
        var encoder = encoder()
        let base = encoder.encode(try recording(raw: "{}"), observedAt: Self.now)
        let later = encoder.encode(try recording(raw: "{}"), observedAt: Self.now.advanced(by: .seconds(9)))
        #expect((later.content, later.context) == (base.content, base.context))
        var elsewhere = try recording(raw: "{}")
        elsewhere.context = [ContextEntry("call_id", "6")]
        let moved = encoder.encode(elsewhere, observedAt: Self.now)
        #expect(moved.content == base.content)
        #expect(moved.context != base.context)
        var renamed = try recording(raw: "{}")
        renamed.title = "Other"
        #expect(encoder.encode(renamed, observedAt: Self.now).content != base.content)
        #expect(encoder.encode(try recording(raw: "[]"), observedAt: Self.now).content != base.content)
        let summary = AccessSummary(recordingID: "r1", views: 3, downloads: nil)
        let counted = encoder.encode(summary, asOf: Self.now)
        #expect(encoder.encode(summary, asOf: Self.now.advanced(by: .seconds(1))).content == counted.content)
        #expect(
            encoder.encode(AccessSummary(recordingID: "r1", views: 4, downloads: nil), asOf: Self.now).content
                != counted.content
        )
    }
}
