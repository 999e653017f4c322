import RecordingKit
import Testing

@testable import ConnectorManifest

@Suite("Names")
struct NameScopeTests {
    @Test("a name stands for what was bound last, in this scope alone")
    func shadowing() {
        let outer = scope(["a": .text("1"), "b": .text("2")])
        let inner = outer.binding("a", .text("3"))
        #expect(inner["a"] == .text("3"))
        #expect(inner["b"] == .text("2"))
        #expect(outer["a"] == .text("1"))
        #expect(inner["c"] == nil)
    }

    @Test("nothing, bound to a name, hides what was there", arguments: [nil, NameValue.text(""), .list([])])
    func absence(value: NameValue?) {
        #expect(scope(["a": .text("1")]).binding("a", value)["a"] == nil)
    }

    @Test("members of a setting get names with dots")
    func settings() {
        var names = NameScope()
        names.bind("settings.oauth", setting: ["id": "x", "deep": ["n": 3, "yes": true]])
        names.bind("settings.sites", setting: ["a", "b"])
        names.bind("settings.ratio", setting: 0.5)
        #expect(names["settings.oauth"] == nil)
        #expect(names["settings.oauth.id"] == .text("x"))
        #expect(names["settings.oauth.deep.n"] == .number("3"))
        #expect(names["settings.oauth.deep.yes"] == .boolean(true))
        #expect(names["settings.sites"] == .list([.text("a"), .text("b")]))
        #expect(names["settings.ratio"] == .number("0.5"))
        names.bind("settings.calls", setting: [["id": 7, "user": "a"]])
        #expect(names["settings.calls"] == .list([.text("{\"id\":7,\"user\":\"a\"}")]))
    }

    @Test("what a value came to can be bound; nothing and failures cannot")
    func results() {
        #expect(NameValue(.text("a")) == .text("a"))
        #expect(NameValue(.integer(-3)) == .number("-3"))
        #expect(NameValue(.boolean(false)) == .boolean(false))
        #expect(NameValue(.time(Timestamp(secondsSince1970: 0))) == .time(Timestamp(secondsSince1970: 0)))
        #expect(NameValue(.absent) == nil)
        #expect(NameValue(.failed("x")) == nil)
    }
}
