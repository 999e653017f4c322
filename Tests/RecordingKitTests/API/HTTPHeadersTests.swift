import RecordingKit
import Testing

@Suite("Header fields")
struct HTTPHeadersTests {
    private let headers: HTTPHeaders = ["Link": "<a>", "X-Other": "1", "LINK": "<b>", "link": "<c>"]

    @Test("Names are found whatever their case, the first one first", arguments: ["Link", "LINK", "lInK"])
    func ignoresCase(name: String) {
        #expect(headers[name] == "<a>")
        #expect(headers.values(of: name) == ["<a>", "<b>", "<c>"])
    }

    @Test("A name that is not there has no value", arguments: ["Lin", "Links", "", "L\u{131}nk", "X_Other"])
    func unknownName(name: String) {
        #expect(headers[name] == nil)
        #expect(headers.values(of: name).isEmpty)
    }

    @Test("Only letters are equal in two cases")
    func onlyLettersFold() {
        let odd: HTTPHeaders = ["X-@": "1"]
        #expect(odd["X-`"] == nil)
        #expect(odd["x-@"] == "1")
    }

    @Test("Adding keeps duplicates in order; setting and removing take all of them away")
    func changes() {
        var changed = headers
        changed.add("Link", "<d>")
        #expect(changed.values(of: "link") == ["<a>", "<b>", "<c>", "<d>"])
        changed.set("link", "<e>")
        #expect(changed.fields.map(\.value) == ["1", "<e>"])
        changed.remove("x-OTHER")
        #expect(changed.fields == [HTTPHeaders.Field(name: "link", value: "<e>")])
    }
}
