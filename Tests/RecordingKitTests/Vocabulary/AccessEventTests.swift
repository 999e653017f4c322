import RecordingKit
import Testing

@Suite("Access events")
struct AccessEventTests {
    @Test("An identity is what it was made of, in that order and kind")
    func identities() {
        #expect(EventIdentity.platform("7") == .platform("7"))
        #expect(EventIdentity.platform("7") != .derived(["7"]))
        #expect(EventIdentity.derived(["a", "b"]) != .derived(["b", "a"]))
        #expect(EventIdentity.derived(["ab", ""]) != .derived(["a", "b"]))
        #expect(Set([EventIdentity.derived(["a"]), .derived(["a"]), .platform("a")]).count == 2)
    }

    @Test("An event without actions has the unknown one")
    func neverWithoutActions() {
        let bare = AccessEvent(identity: .platform("7"), recordingID: "r", actor: Person(), actions: [])
        #expect(bare.actions == [.unknown])
        let both = AccessEvent(
            identity: .platform("7"),
            recordingID: "r",
            actor: Person(),
            actions: [.view, .download]
        )
        #expect(both.actions == [.view, .download])
    }
}
