import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import WebexConnector

@Suite("Webex rows become recordings and access events")
struct WebexMappingTests {
    @Test("the documented summaries become recordings with counters")
    func summaries() throws {
        let listed = try rows(WebexSamples.summaries).compactMap { WebexMapping.recording($0, listedFor: nil) }
        #expect(
            listed.map(\.recording.id) == [
                "4f914b1dfe3c4d11a61730f18c0f5387", "3324fb76946249cfa07fc30b3ccbf580",
                "42b80117a2a74dcf9863bf06264f8075",
            ]
        )
        #expect(listed.map(\.summary?.views) == [18, 0, 7])
        #expect(listed.map(\.summary?.downloads) == [10, 2, 20])
        #expect(listed.map(\.accessRevision) == [.revision("18:10"), .revision("0:2"), .revision("7:20")])
        let first = try #require(listed.first?.recording)
        #expect(first.title == "Example Topic")
        #expect(first.startedAt == (try time("2020-07-13T17:05:35Z")))
        #expect(first.createdAt == nil && first.endedAt == nil)
        #expect(first.host == Person(email: "john.andersen@example.com"))
        #expect(first.site == "site4-example.webex.com")
        #expect(first.status == .available)
        #expect(first.raw?["viewCount"]?.integer == 18)
    }

    @Test("recordings that share title and time are told apart by id alone")
    func equalTopicAndTime() throws {
        let listed = try rows(WebexSamples.summaries).compactMap { WebexMapping.recording($0, listedFor: nil) }
        #expect(Set(listed.map(\.recording.title)).count == 1)
        #expect(Set(listed.map(\.recording.startedAt)).count == 1)
        #expect(Set(listed.map(\.recording.id)).count == 3)
    }

    @Test(
        "counters in any form of number count, and a missing one gives no sign that details are unchanged",
        arguments: [
            (["recordingId": "r", "viewCount": 18.0, "downloadCount": 2], 18, 2, .revision("18:2")),
            (["recordingId": "r", "viewCount": 3], 3, nil, .unknown),
            (["recordingId": "r", "viewCount": nil, "downloadCount": 4], nil, 4, .unknown),
            (["recordingId": "r", "viewCount": -1, "downloadCount": "x"], nil, nil, .unknown),
            (["recordingId": "r"], nil, nil, .unknown),
        ] as [(JSONLiteral, Int64?, Int64?, AccessRevision)]
    )
    func counters(json: JSONLiteral, views: Int64?, downloads: Int64?, revision: AccessRevision) throws {
        let listed = try #require(WebexMapping.recording(try row(json), listedFor: nil))
        #expect(listed.summary?.views == views)
        #expect(listed.summary?.downloads == downloads)
        #expect((listed.summary == nil) == (views == nil && downloads == nil))
        #expect(listed.accessRevision == revision)
    }

    @Test(
        "a row without an id makes no recording",
        arguments: [["topic": "T"], ["recordingId": ""], ["recordingId": nil], "r", nil] as [JSONLiteral]
    )
    func rowWithoutID(json: JSONLiteral) throws {
        #expect(WebexMapping.recording(try row(json), listedFor: nil) == nil)
    }

    @Test("the documented details become events, and both flags make one event with two actions")
    func details() throws {
        let id = "4f914b1dfe3c4d11a61730f18c0f5387"
        let events = try rows(WebexSamples.details).compactMap { WebexMapping.event($0, of: id) }
        #expect(events.map(\.actions) == [[.view], [.download], [.view, .download]])
        #expect(events.map(\.actor.name) == ["John Andersen", "Brenda Song", "Joe Doe"])
        #expect(events.map(\.actor.email).last == "joeDoe@example.com")
        #expect(events.first?.occurredAt == (try time("2020-07-13T17:05:35Z")))
        #expect(events.allSatisfy { $0.recordingID == id && $0.raw != nil && $0.changes == nil })
        #expect(Set(events.map(\.identity)).count == 3)
    }

    @Test(
        "the spelling of address and time does not change an event's identity",
        arguments: [
            ["email": "JOEDOE@example.com", "accessTime": "2020-08-18T19:08:33Z"],
            ["email": "joedoe@example.com", "accessTime": "2020-08-19T03:08:33+08:00"],
            ["email": "joedoe@example.com", "accessTime": "2020-08-18T19:08:33"],
            ["email": "joedoe@example.com", "accessTime": "2020-08-18T19:08:33.000Z", "name": "Renamed"],
        ] as [JSONLiteral]
    )
    func identityIgnoresSpelling(json: JSONLiteral) throws {
        let plain = try row(["email": "joeDoe@example.com", "accessTime": "2020-08-18T19:08:33Z"])
        let event = WebexMapping.event(try row(json), of: "r")
        #expect(event?.identity == WebexMapping.event(plain, of: "r")?.identity)
        #expect(event?.occurredAt == (try time("2020-08-18T19:08:33Z")))
    }

    @Test(
        "who, when and how are each part of an event's identity",
        arguments: [
            ["email": "b@example.com", "accessTime": "2020-08-18T19:08:33Z", "viewed": true, "downloaded": false],
            ["email": "a@example.com", "accessTime": "2020-08-18T19:08:34Z", "viewed": true, "downloaded": false],
            ["email": "a@example.com", "accessTime": "2020-08-18T19:08:33.5Z", "viewed": true, "downloaded": false],
            ["email": "a@example.com", "accessTime": "2020-08-18T19:08:33Z", "viewed": false, "downloaded": false],
            ["email": "a@example.com", "accessTime": "2020-08-18T19:08:33Z", "viewed": true, "downloaded": true],
            ["email": "a@example.com", "accessTime": "soon", "viewed": true, "downloaded": false],
            ["name": "a@example.com", "accessTime": "2020-08-18T19:08:33Z", "viewed": true, "downloaded": false],
        ] as [JSONLiteral]
    )
    func identityParts(json: JSONLiteral) throws {
        let base = try row([
            "email": "a@example.com", "accessTime": "2020-08-18T19:08:33Z", "viewed": true, "downloaded": false,
        ])
        let event = try #require(WebexMapping.event(try row(json), of: "r"))
        #expect(event.identity != WebexMapping.event(base, of: "r")?.identity)
        #expect(event.identity != WebexMapping.event(try row(json), of: "s")?.identity)
    }

    @Test(
        "a viewer without a name or an address is an event all the same",
        arguments: [[:], ["name": "", "email": ""], ["name": nil, "email": nil]] as [JSONLiteral]
    )
    func anonymousViewer(json: JSONLiteral) throws {
        let event = try #require(WebexMapping.event(try row(json), of: "r"))
        #expect(event.actor.isEmpty)
        #expect(event.actions == [.unknown])
    }

    @Test("a row of another recording is never reported as an access to the one asked for")
    func foreignRow() async throws {
        let api = ScriptedAPI([
            "/recordingReport/accessDetail": .json(["items": [["recordingId": "other"], ["recordingId": "r"], "text"]])
        ])
        var events: [AccessEvent] = []
        await #expect(throws: TapedeckError(.malformedResponse, "")) {
            try await webexSource().accessEvents(of: Recording(id: "r"), since: nil, api: api.client) { events += $0 }
        }
        #expect(events.map(\.recordingID) == ["r"])
    }
}
