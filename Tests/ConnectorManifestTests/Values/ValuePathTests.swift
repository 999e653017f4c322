import RawJSON
import Testing

@testable import ConnectorManifest

@Suite("Paths into a row")
struct ValuePathTests {
    @Test(
        "a path leads to the values that a pointer with wildcards names, in document order",
        arguments: [
            ("", ["{\"a\":{\"b\":[1,2]},\"c\":[{\"d\":3},{\"d\":4},{}],\"x/y\":{\"~\":5},\"*\":6}"]),
            ("/a/b/1", ["2"]),
            ("/a/b/*", ["1", "2"]),
            ("/a/*/0", ["1"]),
            ("/c/*/d", ["3", "4"]),
            ("/*/b", ["[1,2]"]),
            ("/*/*/d", ["3", "4"]),
            ("/x~1y/~0", ["5"]),
            ("/missing/*", []),
            ("/a/b/*/d", []),
            ("/a/b/9", []),
        ]
    )
    func follows(path: String, expected: [String]) throws {
        let value = try row("{\"a\":{\"b\":[1,2]},\"c\":[{\"d\":3},{\"d\":4},{}],\"x/y\":{\"~\":5},\"*\":6}")
        let path = try ValuePath(path)
        #expect(path.all(in: value).map(written) == expected)
        #expect(path.first(in: value).map(written) == expected.first)
    }

    @Test("a path is written as it was read", arguments: ["", "/a", "/a/*/b", "/*", "/*/*", "/a~1b/~0/*"])
    func roundTrip(text: String) throws {
        let path = try ValuePath(text)
        #expect(path.description == text)
        #expect(path.hasWildcard == text.contains("*"))
        #expect((path.pointer == nil) == text.contains("*"))
    }

    @Test("a path without wildcards leads where its pointer leads", arguments: ["", "/a", "/a/0", "/a/1/b", "/c"])
    func agreesWithPointers(text: String) throws {
        let value = try row("{\"a\":[1,{\"b\":null}]}")
        let viaPointer = value.value(at: try JSONPointer(parsing: text)).map(written)
        #expect(try ValuePath(text).first(in: value).map(written) == viaPointer)
    }

    @Test("the part before the first wildcard is where the items lie")
    func splitting() throws {
        let split = try #require(try ValuePath("/a/b/*/c/*").splitAtWildcard)
        #expect(split.container.description == "/a/b")
        #expect(split.rest.description == "/c/*")
        #expect(try ValuePath("/*").splitAtWildcard?.container.tokens == [])
        #expect(try ValuePath("/a").splitAtWildcard == nil)
    }

    @Test("visiting stops when it is told to")
    func stopping() throws {
        var seen: [String] = []
        let wasFinished = try ValuePath("/*").visit(row("[1,2,3]")) {
            seen.append(written($0))
            return seen.count < 2
        }
        #expect(seen == ["1", "2"])
        #expect(!wasFinished)
    }

    @Test(
        "what is no path is refused in one sentence",
        arguments: [("a", "begins with \"/\""), ("/~", "\"~0\" is"), ("/a~2", "\"~0\" is")]
    )
    func refusals(text: String, part: String) throws {
        let message = try #require(problem { try ValuePath(text) }).message
        #expect(message.contains(part))
    }
}
