import SQLiteStore
import Testing

@Suite("The identity of a database of records")
struct SinkIdentityTests {
    @Test("is the path below the folder that it moves with, so that both can be moved together")
    func relative() {
        #expect(SQLiteSink(path: "/a/clinic/out/r.db", relativeTo: "/a/clinic").id == "sqlite:out/r.db")
        #expect(SQLiteSink(path: "/b/clinic/out/r.db", relativeTo: "/b/clinic").id == "sqlite:out/r.db")
    }

    @Test("is the absolute path elsewhere", arguments: [nil, "/a/clin", "/b"] as [String?])
    func absolute(base: String?) {
        let sink = SQLiteSink(path: "/a/clinic/r.db", relativeTo: base)
        #expect(sink.id == "sqlite:/a/clinic/r.db")
        #expect(sink.locations == ["/a/clinic/r.db"])
    }

    @Test("is right for a file at the top")
    func top() {
        #expect(SQLiteSink(path: "/r.db").id == "sqlite:/r.db")
    }
}
