import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

struct RecordSchemaTests {
    @Test(
        "What is written is what is described, member for member and in its order, and the reverse",
        arguments: [RecordKind.recordings, .accessSummaries, .accessEvents]
    )
    func encoderAgrees(kind: RecordKind) throws {
        let schema = try #require(RecordSchema.of(kind))
        var sightings = SchemaSightings()
        for includesRaw in [true, false] {
            var records = SchemaRecords(seed: 7, includesRaw: includesRaw)
            for _ in 0..<300 { sightings.note(try records.next(kind), as: schema) }
        }
        #expect(sightings.violations.prefix(3) == [])
        #expect(sightings.unseen(of: schema) == [])
    }

    @Test("Every kind is described, each member once and in a sentence")
    func allKinds() {
        #expect(RecordSchema.all.map(\.kind) == RecordKind.all)
        for schema in RecordSchema.all {
            #expect(Set(schema.fields.map(\.name)).count == schema.fields.count)
            #expect(schema.fields.allSatisfy { $0.help.hasSuffix(".") })
        }
        #expect(RecordSchema.of(RecordKind(rawValue: "recording")) == nil)
    }

    @Test("A medium has these members")
    func media() {
        #expect(
            RecordSchema.media.fields.map(\.name) == [
                "source", "connector", "recording_id", "rendition", "path", "bytes", "sha256", "content_type", "etag",
                "fetched_at", "state", "reason",
            ]
        )
    }

    @Test("A member's schema says what it takes")
    func keywords() throws {
        let schema = try JSONDocument(parsing: RecordSchema.recordings.jsonSchema).root
        #expect(schema["$id"]?.string == "urn:tapedeck:records:1:recordings")
        #expect(schema["additionalProperties"]?.boolean == false)
        #expect(schema["required"]?.elements.map(\.string).contains("raw") == false)
        let time = schema["properties"]?["started_at"]
        #expect(time?["type"]?.elements.map(\.string) == ["string", "null"])
        #expect(time?["format"]?.string == "date-time")
        #expect(schema["properties"]?["observed_at"]?["type"]?.string == "string")
        #expect(schema["properties"]?["status"]?["enum"]?.elements.count == 5)
        #expect(schema["properties"]?["host"]?["required"]?.elements.map(\.string) == ["id", "name", "email"])
    }

    @Test("The bundle holds each kind as its own schema has it")
    func bundle() throws {
        let bundle = try JSONDocument(parsing: RecordSchema.bundle).root
        #expect(bundle["$id"]?.string == "urn:tapedeck:records:1")
        #expect(
            bundle["oneOf"]?.elements.map { $0["$ref"]?.string } == RecordKind.all.map { "#/$defs/\($0)" }
        )
        for schema in RecordSchema.all {
            let own = try JSONDocument(parsing: schema.jsonSchema).root
            let bundled = bundle["$defs"]?[schema.kind.rawValue]
            #expect(bundled?["properties"].map { Array($0.rawBytes) } == own["properties"].map { Array($0.rawBytes) })
            #expect(bundled?["$id"] == nil)
        }
    }
}
