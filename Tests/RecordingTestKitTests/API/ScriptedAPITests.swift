import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@Suite("The API double below a connector")
struct ScriptedAPITests {
    @Test("pages come one after the other, then the failure, and every call is remembered")
    func pages() async throws {
        let failure = TapedeckError(.serverError, "down")
        let api = ScriptedAPI(["/a": .failure(failure, after: [["items": [1, 2]], ["items": []]])])
        var counts: [Int] = []
        await #expect(throws: failure) {
            for try await page in api.client.pages(.get("/a"), paging: .linkHeader(items: "/items")) {
                counts.append(page.items.count)
            }
        }
        #expect(counts == [2, 0])
        #expect(api.calls.map(\.request.path) == ["/a"])
        #expect(api.calls.first?.paging != nil)
    }

    @Test("a path without an answer is named in the failure")
    func unscripted() async throws {
        let failure = await #expect(throws: TapedeckError.self) {
            try await ScriptedAPI().client.send(.get("/nowhere"))
        }
        #expect(failure?.reason == "no answer is scripted for GET /nowhere")
    }
}
