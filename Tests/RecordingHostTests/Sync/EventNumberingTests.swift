import RecordingKit
import Testing

@testable import RecordingHost

struct EventNumberingTests {
    private func ids(_ identities: [EventIdentity]) throws -> [String] {
        var numbering = EventNumbering()
        return try identities.map { identity in
            let event = AccessEvent(identity: identity, recordingID: "r", actor: Person(), actions: [])
            return try numbering.id(of: event).id
        }
    }

    @Test("A platform's own id is kept as it is, as often as it comes") func platformIDs() throws {
        var numbering = EventNumbering()
        for _ in 0..<2 {
            let event = AccessEvent(identity: .platform("e/1"), recordingID: "r", actor: Person(), actions: [])
            let (id, isSynthetic) = try numbering.id(of: event)
            #expect(id == "e/1")
            #expect(!isSynthetic)
        }
    }

    @Test("A derived id is 32 hex digits of the parts' SHA-256") func derivedID() throws {
        var numbering = EventNumbering()
        let event = AccessEvent(identity: .derived(["a", "bc"]), recordingID: "r", actor: Person(), actions: [])
        let (id, isSynthetic) = try numbering.id(of: event)
        #expect(id == "5310a58788781ab25d5ad7c3f8503582")
        #expect(isSynthetic)
    }

    @Test("Equal rows are told apart by an ordinal") func equalRows() throws {
        let made = try ids(Array(repeating: .derived(["x"]), count: 3))
        let first = try #require(made.first)
        #expect(made == [first, "\(first)-1", "\(first)-2"])
    }

    @Test("The ids of a reading do not depend on the order of its rows") func orderIndependence() throws {
        var random = SeededGenerator(seed: 1)
        let rows = (0..<200).map { _ in
            EventIdentity.derived([
                String(Int.random(in: 0..<20, using: &random)), String(Int.random(in: 0..<3, using: &random)),
            ])
        }
        let expected = try ids(rows).sorted()
        #expect(Set(expected).count == rows.count)
        for _ in 0..<20 { #expect(try ids(rows.shuffled(using: &random)).sorted() == expected) }
    }

    @Test("Parts that only look alike when they are joined have other ids") func joins() throws {
        let lists = [
            ["ab", "c"], ["a", "bc"], ["abc"], ["", "abc"], ["abc", ""], ["2:ab", "1:c"], ["2:ab1:c"], [], [""],
            ["", ""],
            ["1:a"], ["a"], ["é"], ["e\u{301}"],
        ]
        #expect(try Set(lists.map { try ids([.derived($0)])[0] }).count == lists.count)
    }
}
