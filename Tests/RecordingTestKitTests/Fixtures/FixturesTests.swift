import Foundation
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Fixtures in a folder")
struct FixturesTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fixtures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func write(_ files: [String: String], to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(filePath: folder).appending(path: name))
        }
    }

    @Test("come back as they were written, answers byte for byte")
    func roundTrip() throws {
        try withFolder { folder in
            var fixtures = TapeFixtures.fixtures
            let json = #"{"n":1.50E+1,"t":"\u0041\/","list":[ 1 , 2 ]}"#
            fixtures.exchanges = [
                RecordedExchange(
                    RecordedRequest(
                        "POST",
                        "/tapes",
                        query: [.init("a", "b c")],
                        headers: [.init("site", "x")],
                        body: "{\"q\":1}"
                    ),
                    RecordedResponse(status: 201, headers: ["Link": "<x>; rel=\"next\""], body: Array(json.utf8))
                ),
                RecordedExchange(RecordedRequest("GET", "/"), RecordedResponse(body: Array("<html>\n".utf8))),
            ]
            fixtures.settings["sites"] = ["a.example", "b.example"]
            fixtures.settings["oauth"] = ["clientID": "x", "count": 3, "isOn": true]
            fixtures.extent = ReadingExtent(listings: 3, pages: 2, details: 1, media: false)
            fixtures.note = "by hand"
            try fixtures.write(to: folder)
            let read = try Fixtures(folder: folder)
            #expect(read.exchanges.map(\.request) == fixtures.exchanges.map(\.request))
            #expect(read.exchanges.map(\.response.body) == fixtures.exchanges.map(\.response.body))
            #expect(read.exchanges.map(\.response.status) == [201, 200])
            #expect(read.exchanges[0].response.headers["link"] == "<x>; rel=\"next\"")
            #expect(read.settings == fixtures.settings)
            #expect(read.now == fixtures.now && read.since == fixtures.since)
            #expect(read.extent == fixtures.extent && read.note == "by hand")
            try fixtures.write(to: folder)
            #expect(try Fixtures(folder: folder).exchanges.count == 2)
        }
    }

    @Test(
        "that cannot be used say which file is wrong",
        arguments: [
            ("fixtures.json", "{}", "fixtures.json of the fixtures has no time under \"now\"."),
            ("fixtures.json", "[]", "fixtures.json of the fixtures is no JSON object."),
            ("settings.json", "nothing", "settings.json of the fixtures is no JSON object."),
            (
                "exchanges.jsonl", "{}\n",
                "An exchange of the fixtures is no JSON object with \"request\" and \"response\"."
            ),
            (
                "exchanges.jsonl", #"{"request":{"path":"/"},"response":{}}"#,
                "An exchange of the fixtures has no status."
            ),
            (
                "exchanges.jsonl", #"{"request":{"path":"/","query":[["a"]]},"response":{"status":200}}"#,
                "An exchange of the fixtures holds something else than [name, value] in a list of them."
            ),
        ]
    )
    func broken(name: String, text: String, sentence: String) throws {
        try withFolder { folder in
            var files = [
                "fixtures.json": #"{"now":"2026-01-01T00:00:00Z"}"#, "settings.json": "{}", "exchanges.jsonl": "",
            ]
            files[name] = text
            try write(files, to: folder)
            let error = #expect(throws: TapedeckError.self) { try Fixtures(folder: folder) }
            #expect(error?.code == .configurationInvalid)
            #expect(error?.reason == sentence)
        }
    }

    @Test("that are not there are told from those that are wrong")
    func missing() {
        let error = #expect(throws: TapedeckError.self) { try Fixtures(folder: "/nowhere/at/all") }
        #expect(error?.reason.hasPrefix("fixtures.json of the fixtures cannot be read: ") == true)
    }
}
