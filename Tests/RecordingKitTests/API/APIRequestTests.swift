import RecordingKit
import Testing

@Suite("Requests")
struct APIRequestTests {
    @Test(
        "Parameters fill the template as single segments",
        arguments: [
            ("/a/{x}/b", ["x": "7"], "/a/7/b"), ("/a/{x}", ["x": "b/c"], "/a/b%2Fc"),
            ("/a/{x}", ["x": "../b"], "/a/..%2Fb"),
            ("/a/{x}/{y}", ["x": "1", "y": "2"], "/a/1/2"), ("/{x}{x}", ["x": "é"], "/%C3%A9%C3%A9"),
            ("/a/{x}", ["x": "?q#f%"], "/a/%3Fq%23f%25"), ("/a/{x}", ["x": "{y}", "y": "z"], "/a/%7By%7D"),
            ("/a/{x}/b", [:], "/a//b"), ("/a", ["x": "7"], "/a"), ("/a/{x", ["x": "7"], "/a/{x"), ("", [:], ""),
        ] as [(String, [String: String], String)]
    )
    func fillsTemplates(template: String, parameters: [String: String], path: String) {
        let request = APIRequest.get(template, parameters: parameters)
        #expect(request.path == path)
        #expect(request.endpoint == template)
    }

    @Test(
        "Only GET and HEAD are replayable, and nothing costs an audit entry, unless told",
        arguments: ["GET", "HEAD", "POST", "PUT"]
    )
    func defaults(method: String) {
        let request = APIRequest(method, "/x")
        #expect(request.isReplayable == ["GET", "HEAD"].contains(method))
        #expect(request.auditCost == 0)
        #expect(request.body == nil)
    }

    @Test("Setting a header field replaces it in the copy alone")
    func headerCopies() {
        let first = APIRequest.get("/x").header("Accept", "a")
        let second = first.header("ACCEPT", "b")
        #expect(first.headers.values(of: "accept") == ["a"])
        #expect(second.headers.values(of: "accept") == ["b"])
    }

    @Test("Printing a request shows the method and the template alone")
    func printsTemplate() {
        let request = APIRequest.get("/u/{user}", parameters: ["user": "ann"], query: [QueryItem("hostEmail", "ann")])
            .header("hostEmail", "ann")
        #expect(request.description == "GET /u/{user}")
        #expect(!printedForms(of: request).contains { $0.contains("ann") })
    }
}
