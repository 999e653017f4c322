import RawJSON
import RecordingKit
import Testing

@testable import PluginProtocol

@Suite("Records as JSON")
struct RecordTests {
    static var full: ListedRecording {
        var recording = Recording(id: "r1", status: .processing)
        recording.title = "Tîtle \"1\""
        recording.startedAt = Timestamp("2026-01-02T03:04:05.120Z")
        recording.endedAt = Timestamp("2026-01-02T04:04:05Z")
        recording.createdAt = Timestamp("2026-01-02T05:04:05Z")
        recording.updatedAt = Timestamp("2026-01-02T06:04:05Z")
        recording.rawStatus = "DONE"
        recording.error = "none"
        recording.host = Person(id: "h", name: "Ann", email: "ann@example.org")
        recording.site = "north"
        recording.context = [ContextEntry("z_id", "1"), ContextEntry("a_id", "2")]
        recording.parameters = ["hostEmail": "ann@example.org"]
        recording.raw = try? json(#"{ "n": 1.50E+2 , "u":"\u00e4" }"#)
        return ListedRecording(
            recording,
            summary: AccessSummary(recordingID: "r1", views: 3, downloads: nil),
            accessRevision: .revision("3/-")
        )
    }

    @Test("a recording survives the wire with all it has")
    func recording() throws {
        let full = Self.full
        guard case .recordings(let rows) = try again(.recordings([full, ListedRecording(Recording(id: "r2"))])) else {
            Issue.record("no recordings")
            return
        }
        let row = try #require(rows.first)
        #expect(rows.count == 2)
        #expect(row.recording.endedAt == full.recording.endedAt)
        #expect(row.recording.createdAt == full.recording.createdAt)
        #expect(row.recording.updatedAt == full.recording.updatedAt)
        #expect(row.recording.status == .processing)
        #expect(row.recording.rawStatus == "DONE")
        #expect(row.recording.error == "none")
        #expect(row.recording.site == "north")
        #expect(row.recording.title == full.recording.title)
        #expect(row.recording.startedAt?.description == "2026-01-02T03:04:05.120Z")
        #expect(row.recording.context == full.recording.context)
        #expect(row.recording.parameters == full.recording.parameters)
        #expect(row.recording.host == full.recording.host)
        #expect(row.summary == full.summary)
        #expect(row.accessRevision == full.accessRevision)
        #expect(row.recording.rawText == #"{ "n": 1.50E+2 , "u":"\u00e4" }"#)
        #expect(rows.last?.recording.status == .unknown)
        #expect(rows.last?.accessRevision == .unknown)
    }

    @Test("a record may refer to an item of the page before it in place of repeating it")
    func rawItem() throws {
        let items = Array(try json(#"[{"a":1.0},{"b":2}]"#).elements)
        let text = #"{"type":"recordings","records":[{"id":1,"raw_item":1}]}"#
        guard case .recordings(let rows) = try message(text, items: items) else {
            Issue.record("no recordings")
            return
        }
        #expect(rows.first?.recording.id == "1")
        #expect(rows.first?.recording.rawText == #"{"b":2}"#)
    }

    @Test("events survive the wire, with an id or with what tells them apart")
    func events() throws {
        var event = AccessEvent(
            identity: .platform("e1"),
            recordingID: "r1",
            actor: Person(name: "Ann"),
            actions: [.view]
        )
        event.occurredAt = Timestamp("2026-01-02T03:04:05Z")
        event.changes = try json(#"{"a":[1,2]}"#)
        event.raw = try json(#"{"x":1.0}"#)
        let derived = AccessEvent(
            identity: .derived(["a", ""]),
            recordingID: "r1",
            actor: Person(),
            actions: [.view, .download]
        )
        let line = try JSONDocument(parsing: PluginMessage.line(accessEvents: [event, derived])).root
        guard case .accessEvents(let rows) = try PluginMessage(line) else {
            Issue.record("no events")
            return
        }
        let read = try rows.events(of: "other")
        #expect(read.map(\.identity) == [.platform("e1"), .derived(["a", ""])])
        #expect(read.map(\.recordingID) == ["r1", "r1"])
        #expect(read.map(\.actions) == [[.view], [.view, .download]])
        #expect(read.first?.occurredAt == event.occurredAt)
        #expect(read.first?.actor == event.actor)
        #expect(read.first?.changes.map { String(decoding: $0.rawBytes, as: UTF8.self) } == #"{"a":[1,2]}"#)
        #expect(read.first?.raw.map { String(decoding: $0.rawBytes, as: UTF8.self) } == #"{"x":1.0}"#)
    }

    @Test("an event belongs to the recording that was asked for, unless it says otherwise")
    func eventOwner() throws {
        let text = #"{"type":"access_events","events":[{"id":"1"},{"id":"2","recording_id":"r9"}]}"#
        guard case .accessEvents(let rows) = try message(text) else {
            Issue.record("no events")
            return
        }
        #expect(try rows.events(of: "r1").map(\.recordingID) == ["r1", "r9"])
        #expect(try rows.events(of: "r1").map(\.actions) == [[.unknown], [.unknown]])
    }

    @Test("a listing survives the wire, and so does one that cannot be read")
    func listing() throws {
        let window = TimeWindow(from: Timestamp(secondsSince1970: 0), to: Timestamp(secondsSince1970: 86_400))
        let listing = Listing(
            key: "k",
            label: "site 1",
            window: window,
            parameters: ["a": "b"],
            settlesAt: Timestamp(secondsSince1970: 99)
        )
        guard case .listing(let read) = try again(.listing(listing)) else {
            Issue.record("no listing")
            return
        }
        #expect(read.key == "k")
        #expect(read.label == "site 1")
        #expect(read.window == window)
        #expect(read.parameters == ["a": "b"])
        #expect(read.settlesAt == listing.settlesAt)
        let failure = TapedeckError(.forbidden, "Not allowed.")
        guard case .listing(let broken) = try again(.listing(.unreadable(key: "k", label: "l", because: failure)))
        else {
            Issue.record("no listing")
            return
        }
        #expect(broken.failure?.code == .forbidden)
        #expect(broken.failure?.reason == "Not allowed.")
    }

    @Test("what is said of media survives the wire")
    func media() throws {
        let link = MediaLink(
            rendition: "video",
            url: "https://x/y",
            expiresAt: Timestamp(secondsSince1970: 5),
            lifetime: .seconds(900),
            byteCount: 7,
            fileExtension: "mp4",
            sendsCredentials: true
        )
        guard case .media(.available(let links)) = try again(.media(.available([link]))) else {
            Issue.record("not available")
            return
        }
        #expect(links.map(\.url) == ["https://x/y"])
        #expect(links.first?.byteCount == 7)
        #expect(links.first?.lifetime == .seconds(900))
        #expect(links.first?.sendsCredentials == true)
        #expect(links.first?.expiresAt == link.expiresAt)
        guard case .media(.gone(let reason)) = try again(.media(.gone(reason: "Deleted."))) else {
            Issue.record("not gone")
            return
        }
        #expect(reason == "Deleted.")
    }

    @Test(
        "a record that would lose something is refused",
        arguments: [
            (#"{"type":"recordings","records":[{}]}"#, #"no "id""#),
            (#"{"type":"recordings","records":[{"id":"1","id":"2"}]}"#, "twice"),
            (#"{"type":"recordings","records":[{"id":"1","title":5}]}"#, "title"),
            (#"{"type":"recordings","records":[{"id":"1","host":{"mail":"a"}}]}"#, #""mail""#),
            (#"{"type":"recordings","records":{}}"#, "not a list"),
            (#"{"type":"recordings","rows":[]}"#, #""rows""#),
            (#"{"type":"listing","listing":{"key":"k","label":"a@b"}}"#, "@"),
            (#"{"type":"listing","listing":{"key":"","label":"a"}}"#, "empty"),
            (#"{"type":"listing"}"#, #"no "listing""#),
            (#"{"type":"media","availability":"available"}"#, "without a link"),
            (#"{"type":"media","availability":"soon"}"#, "one of available"),
            (#"{"type":"done"}"#, #"no "id""#), (#"{"type":"canary"}"#, "not part"), (#"{}"#, "not a message"),
            (#"{"type":"hello","protocol":2}"#, "version 2"),
            (#"{"type":"recordings","records":[{"id":"1","jo@example.org":1}]}"#, "a member that is not"),
        ]
    )
    func refused(text: String, word: String) throws {
        let violation = try violation(text)
        #expect(violation?.contains(word) == true, "\(violation ?? "accepted")")
        #expect(violation?.contains("example.org") != true)
    }

    @Test("an event without an id, or with two, is refused", arguments: ["{}", #"{"id":"1","identity":["a"]}"#])
    func eventIdentity(text: String) throws {
        guard case .accessEvents(let rows) = try message(#"{"type":"access_events","events":[\#(text)]}"#) else {
            Issue.record("no events")
            return
        }
        #expect(throws: ProtocolViolation.self) { try rows.events(of: "r") }
    }
}

extension Recording {
    fileprivate var rawText: String { raw.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? "" }
}
