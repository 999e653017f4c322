import FileSinks
import Testing

@Suite("The identity of a JSON Lines folder")
struct SinkIdentityTests {
    @Test("is the path below the folder that it moves with, so that both can be moved together")
    func relative() {
        #expect(JSONLinesSink(directory: "/a/clinic/out", relativeTo: "/a/clinic").id == "jsonl:out")
        #expect(JSONLinesSink(directory: "/b/clinic/out", relativeTo: "/b/clinic").id == "jsonl:out")
    }

    @Test(
        "is the absolute path elsewhere",
        arguments: [nil, "/a/clin", "/b"] as [String?]
    )
    func absolute(base: String?) {
        #expect(JSONLinesSink(directory: "/a/clinic/out", relativeTo: base).id == "jsonl:/a/clinic/out")
    }
}
