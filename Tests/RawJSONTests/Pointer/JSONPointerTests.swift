import RawJSON
import Testing

@Suite("Pointers")
struct JSONPointerTests {
    static let document = #"""
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"m~n":8,"~1":9," ":7,"list":[{"x":5},[10,11,12,13,14,15,16,17,18,19,20]]}
        """#

    @Test(
        "A pointer leads to its value",
        arguments: [
            ("", nil), ("/foo/0", "\"bar\""), ("/foo/1", "\"baz\""), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
            ("/m~0n", "8"), ("/~01", "9"), ("/ ", "7"), ("/list/0/x", "5"), ("/list/1/10", "20"),
        ] as [(JSONPointer, String?)]
    )
    func leadsToValue(_ pointer: JSONPointer, _ expected: String?) throws {
        let value = try JSONDocument(parsing: Self.document).root.value(at: pointer)
        #expect(try String(decoding: #require(value).rawBytes, as: UTF8.self) == expected ?? Self.document)
    }

    @Test(
        "A pointer to what is not there leads nowhere",
        arguments: ["/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/", "/foo/0/x", "/bar", "/foo/99999999999999999999"]
            as [JSONPointer]
    )
    func leadsNowhere(_ pointer: JSONPointer) throws {
        #expect(try JSONDocument(parsing: Self.document).root.value(at: pointer) == nil)
    }

    @Test("The string form is kept", arguments: ["", "/", "/a~1b/~0/0", "/~01", "//"])
    func roundTrips(_ text: String) throws {
        #expect(try JSONPointer(parsing: text).description == text)
        #expect(try JSONPointer(parsing: text).appending("~/").description == text + "/~0~1")
    }

    @Test(
        "A faulty pointer is rejected where it goes wrong",
        arguments: [
            ("a", .missingSlash, 0), ("/a~", .invalidEscape, 3), ("/~2", .invalidEscape, 2), ("/~/", .invalidEscape, 2),
        ] as [(String, JSONPointerError.Code, Int)]
    )
    func rejectsFault(_ text: String, _ code: JSONPointerError.Code, _ offset: Int) {
        #expect(throws: JSONPointerError(code: code, offset: offset)) { try JSONPointer(parsing: text) }
    }
}
