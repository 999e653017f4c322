import RawJSON
import RecordingKit
import Testing

@Suite("The client")
struct APIClientTests {
    @Test("Pages come one by one, and nothing is asked for before the first or after the last")
    func pagesInOrder() async throws {
        let executor = ScriptedExecutor(steps: [.success(1), .success(2)])
        let pages = APIClient(executor: executor).pages(.get("/x"), paging: .single(items: "/items"))
        var iterator = pages.makeAsyncIterator()
        #expect(executor.requestCount == 0)
        #expect(try await iterator.next()?.number == 1)
        #expect(executor.requestCount == 1)
        #expect(try await iterator.next()?.number == 2)
        #expect(try await iterator.next() == nil)
        #expect(try await iterator.next() == nil)
        #expect(executor.requestCount == 3)
    }

    @Test("After an error the sequence is over")
    func endsAfterError() async throws {
        let executor = ScriptedExecutor(steps: [
            .success(1), .failure(TapedeckError(.pagingCycle, "A cycle.")), .success(3),
        ])
        var iterator = APIClient(executor: executor).pages(.get("/x"), paging: .linkHeader(items: ""))
            .makeAsyncIterator()
        #expect(try await iterator.next()?.number == 1)
        await #expect(throws: TapedeckError(.pagingCycle, "")) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
        #expect(executor.requestCount == 2)
    }

    @Test(
        "A request that would ask for something else is never sent",
        arguments: [
            APIRequest.get("/recordings/{id}"), .get("/recordings/{id}", parameters: ["id": ""]),
            .get("/recordings/{id}", parameters: ["id": ".."]), .get("/recordings/{id}", parameters: ["id": "."]),
            .get("/recordings/{id}", parameters: ["ID": "7"]), APIRequest.get("/x").header("X-A", "b\r\nX-C: d"),
            APIRequest.get("/x").header("X-A", "b\u{0}"), APIRequest.get("/x").header("", "b"),
            APIRequest.get("/x").header("X A:", "b"),
        ]
    )
    func refusesRequests(request: APIRequest) async throws {
        let executor = ScriptedExecutor(steps: [.success(1)])
        let client = APIClient(executor: executor)
        await #expect(throws: TapedeckError(.connectorFailed, "")) { _ = try await client.send(request) }
        await #expect(throws: TapedeckError(.connectorFailed, "")) {
            for try await _ in client.pages(request, paging: .single(items: "")) {}
        }
        #expect(executor.requestCount == 0)
    }

    @Test("A refusal names the parameter and the template, and no value")
    func refusalIsSafe() async throws {
        let client = APIClient(executor: ScriptedExecutor())
        let request = APIRequest.get("/u/{user}/r/{id}", parameters: ["user": "a@b.example"])
        let error = await #expect(throws: TapedeckError.self) { _ = try await client.send(request) }
        #expect(error?.description.contains("\"id\"") == true)
        #expect(error?.endpoint == "GET /u/{user}/r/{id}")
        #expect(error?.description.contains("a@b.example") == false)
    }

    @Test("A request that is whole is sent")
    func sends() async throws {
        let executor = ScriptedExecutor()
        let request = APIRequest.get("/u/{user}", parameters: ["user": "..."]).header("X-!#$%&'*+-.^_`|~9", "a\tb é")
        #expect(try await APIClient(executor: executor).send(request).status == 200)
        #expect(executor.requestCount == 1)
    }
}
