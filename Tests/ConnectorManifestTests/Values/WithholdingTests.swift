import RawJSON
import Testing

@testable import ConnectorManifest

@Suite("Withholding")
struct WithholdingTests {
    @Test(
        "members are taken out and the rest stays as it was",
        arguments: [
            (["/b"], "{\"a\": 1.0e2, \"c\":\"\\u0041\"}", "{\"a\": 1.0e2, \"c\":\"\\u0041\"}"),
            (["/b"], "{\"a\":1.0e2,\"b\":2,\"c\":\"\\u0041\"}", "{\"a\":1.0e2,\"c\":\"\\u0041\"}"),
            (["/b"], "{\"b\":1,\"a\":0,\"b\":2}", "{\"a\":0}"),
            (["/b"], "{\"\\u0062\":1,\"a\":0}", "{\"a\":0}"),
            (["/a/*/u"], "{\"a\":[{\"u\":1,\"v\":[ 2 ]},{\"v\":3}]}", "{\"a\":[{\"v\":[ 2 ]},{\"v\":3}]}"),
            (["/*/u"], "{\"x\":{\"u\":1},\"y\":{\"u\":2,\"w\":3}}", "{\"x\":{},\"y\":{\"w\":3}}"),
            (["/a/0"], "{\"a\":[1,2]}", "{\"a\":[2]}"),
            (["/a", "/c/d"], "{\"a\":1,\"c\":{\"d\":1,\"e\":2}}", "{\"c\":{\"e\":2}}"),
            (["/a", "/a/b"], "{\"a\":{\"b\":1},\"c\":2}", "{\"c\":2}"),
            (["/c/d", "/c"], "{\"c\":{\"d\":1}}", "{}"),
            (["/a/b"], "{\"a\":7}", "{\"a\":7}"),
            ([], "{\"a\":7}", "{\"a\":7}"),
        ] as [([String], String, String)]
    )
    func takesOut(paths: [String], text: String, expected: String) throws {
        #expect(try written(Withholding(paths).apply(to: row(text))) == expected)
    }

    @Test("nothing that is withheld can be reached afterwards", arguments: ["/p", "/f/*/p", "/f/1/p", "/*/*/p"])
    func nothingIsLeft(path: String) throws {
        let value = try row("{\"p\":1,\"f\":[{\"p\":2,\"q\":3},{\"p\":4}],\"g\":{\"h\":{\"p\":5}}}")
        let path = try ValuePath(path)
        #expect(path.first(in: value) != nil)
        #expect(path.first(in: try Withholding([path.description]).apply(to: value)) == nil)
    }

    @Test("the whole row cannot be withheld, and what is no path neither", arguments: ["", "a"])
    func refusals(path: String) { #expect(problem { try Withholding([path]) } != nil) }
}
