import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

@Suite("Reading records back from their lines")
struct RecordDecoderTests {
    private let decoder = RecordDecoder()
    private static let noRaw = RecordEncoder(source: "a\"b", connector: "kismet", includesRaw: false)
    private static let withRaw = RecordEncoder(source: "clinic", connector: "webex", includesRaw: true)

    @Test("A recording gives the record and both hashes that it was written with", arguments: 0..<400)
    func recordings(seed: Int) throws {
        var random = RandomRecords(seed: UInt64(seed))
        var encoder = seed.isMultiple(of: 3) ? Self.noRaw : Self.withRaw
        let time = random.time()
        let written = try encoder.write { $0.encode(try random.recording(), observedAt: time) }
        let decoded = try decoder.decode(written.json, as: .recordings)
        #expect(decoded.content == written.content && decoded.context == written.context)
        guard case .recording(let recording) = decoded.record.payload else { throw Mismatch() }
        #expect(decoded.record.observedAt.description == time.description)
        #expect(encoder.write { $0.encode(recording, observedAt: decoded.record.observedAt) }.json == written.json)
    }

    @Test("A summary gives the record and the hash that it was written with", arguments: 0..<100)
    func summaries(seed: Int) throws {
        var random = RandomRecords(seed: UInt64(seed))
        var encoder = Self.withRaw
        let written = encoder.write { $0.encode(random.summary(), asOf: random.time()) }
        let decoded = try decoder.decode(written.json, as: .accessSummaries)
        #expect(decoded.content == written.content && decoded.context == written.context)
        guard case .accessSummary(let summary) = decoded.record.payload else { throw Mismatch() }
        #expect(encoder.write { $0.encode(summary, asOf: decoded.record.observedAt) }.json == written.json)
    }

    @Test("An event gives the record and the hash that it was written with", arguments: 0..<400)
    func events(seed: Int) throws {
        var random = RandomRecords(seed: UInt64(seed))
        var encoder = seed.isMultiple(of: 3) ? Self.noRaw : Self.withRaw
        let flags: [Bool?] = [nil, true, false]
        let (id, isSynthetic) = (random.text(), random.chance())
        let isSelfInduced = flags[random.number(3)]
        let event = try random.event(id: id, isSynthetic: isSynthetic)
        let written = encoder.write {
            $0.encode(event, id: id, isSynthetic: isSynthetic, isSelfInduced: isSelfInduced)
        }
        let decoded = try decoder.decode(written.json, as: .accessEvents)
        #expect(decoded.content == written.content && decoded.context == 0)
        guard case .accessEvent(let read, let readID, let readSynthetic, let readInduced) = decoded.record.payload
        else {
            throw Mismatch()
        }
        #expect(readID == id && readSynthetic == isSynthetic && readInduced == isSelfInduced)
        #expect(read.identity == (isSynthetic ? .derived([]) : .platform(id)))
        let again = encoder.write {
            $0.encode(read, id: readID, isSynthetic: readSynthetic, isSelfInduced: readInduced)
        }
        #expect(again.json == written.json)
    }

    @Test("White space that another program put between the tokens leaves the hashes as they were")
    func reformatted() throws {
        var random = RandomRecords(seed: 7)
        var encoder = Self.withRaw
        let written = try encoder.write { $0.encode(try random.recording(), observedAt: random.time()) }
        let line = String(decoding: written.json, as: UTF8.self)
        let place = try #require(line.firstRange(of: #","id":"#))
        let spaced = "  \(line[..<place.lowerBound]) , \t\"id\" : \(line[place.upperBound...])\r"
        let decoded = try decoder.decode(Array(spaced.utf8), as: .recordings)
        #expect(decoded.content == written.content && decoded.context == written.context)
    }

    @Test("Members that are not known are passed over")
    func unknownMembers() throws {
        let line =
            #"{"source":"a","connector":"b","recording_id":"r","views":1,"downloads":null,"as_of":"2026-01-01T00:00:00Z","#
            + #""later":{"views":"x"}}"#
        let decoded = try decoder.decode(Array(line.utf8), as: .accessSummaries)
        guard case .accessSummary(let summary) = decoded.record.payload else { throw Mismatch() }
        #expect(summary == AccessSummary(recordingID: "r", views: 1, downloads: nil))
    }

    @Test(
        "What is no record is refused with a reason",
        arguments: [
            ("", "empty"), ("{", "unexpectedEnd"), ("[]", "not a JSON object"), ("7", "not a JSON object"),
            ("{}", "\"recording_id\" is missing"), (#"{"recording_id":7}"#, "\"recording_id\" is not a text"),
            (#"{"recording_id":"r","views":"many"}"#, "\"views\" is not a whole number"),
            (#"{"recording_id":"r","views":1.5}"#, "\"views\" is not a whole number"),
            (#"{"recording_id":"r"}"#, "\"as_of\" is missing"),
            (#"{"recording_id":"r","as_of":"yesterday"}"#, "\"as_of\" is not a time"),
            (#"{"recording_id":"r","as_of":"2026-01-01T00:00:00Z"}"#, "\"source\" is missing"),
        ]
    )
    func malformed(line: String, reason: String) {
        let error = #expect(throws: TapedeckError.self) { try decoder.decode(Array(line.utf8), as: .accessSummaries) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test("A record of another kind, and a kind that has no lines, are refused")
    func otherKind() throws {
        var random = RandomRecords(seed: 1)
        var encoder = Self.withRaw
        let written = encoder.write { $0.encode(random.summary(), asOf: random.time()) }.json
        #expect(throws: TapedeckError(.sinkFailed, "")) { try decoder.decode(written, as: .recordings) }
        #expect(throws: TapedeckError(.sinkFailed, "")) { try decoder.decode(written, as: .accessEvents) }
        #expect(throws: TapedeckError(.sinkFailed, "")) { try decoder.decode(written, as: .media) }
    }

    @Test("Every line that was cut or has one byte changed is a record or a refusal")
    func damagedLines() throws {
        var random = RandomRecords(seed: 3)
        var encoder = Self.withRaw
        let written = try encoder.write { $0.encode(try random.recording(), observedAt: random.time()) }.json
        for end in written.indices {
            #expect(throws: TapedeckError.self) { try decoder.decode(Array(written[..<end]), as: .recordings) }
            var damaged = written
            damaged[end] = UInt8(truncatingIfNeeded: random.next())
            _ = try? decoder.decode(damaged, as: .recordings)
        }
    }

    private struct Mismatch: Error {}
}
