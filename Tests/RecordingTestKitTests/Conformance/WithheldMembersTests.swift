import RawJSON
import Testing

@testable import RecordingTestKit

@Suite("What a connector withholds of the platform's objects")
struct WithheldMembersTests {
    private static let body =
        #"{"items":[{"id":1.0,"password":"p","files":[{"url":"u","size":2},{"size":3}]}],"next":"n"}"#

    @Test(
        "is missing, and nothing else differs",
        arguments: [
            (#"{"id":1.0,"files":[{"size":2},{"size":3}]}"#, true),
            (#"{"id":1,"files":[{"size":2},{"size":3}]}"#, false),
            (#"{"id":1.0,"password":"p","files":[{"size":2},{"size":3}]}"#, false),
            (#"{"id":1.0,"files":[{"url":"u","size":2},{"size":3}]}"#, false),
            (#"{"id":1.0,"files":[{"size":2}]}"#, false),
            (#"{"id":1.0}"#, false),
            (#"{"id":1.0,"files":[{"size":2},{"size":3}],"more":1}"#, false),
            (#"{"files":[{"size":2},{"size":3}],"id":1.0}"#, false),
        ]
    )
    func difference(raw: String, isExplained: Bool) throws {
        let members = WithheldMembers(["/password", "/files/*/url"])
        #expect(try members.explain(JSONDocument(parsing: raw).root, in: Array(Self.body.utf8)) == isExplained)
        #expect(try !WithheldMembers([]).explain(JSONDocument(parsing: raw).root, in: Array(Self.body.utf8)))
    }
}
