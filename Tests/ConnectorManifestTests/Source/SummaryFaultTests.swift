import RecordingKit
import RecordingTestKit
import Synchronization
import Testing

@testable import ConnectorManifest

@Suite("Counters that cannot be had")
struct SummaryFaultTests {
    private static let text = withHead(
        """
        recordings: {
          request: { path: "/tapes" }, paging: { style: "page_number", items: "/tapes", totalPages: "/pages" }, id: "/id",
          accessSummary: { request: { path: "/tapes/{recording.id}/days" }, paging: { style: "none", items: "/days" }, views: "/views" },
        },
        """
    )

    private func read(
        _ first: ScriptedAPI.Answer
    ) async throws -> (recordings: [ListedRecording], failure: TapedeckError?) {
        let days = ScriptedAPI.Answer.json(["days": [["views": 2]]])
        let api = ScriptedAPI([
            "/tapes": .pages([["tapes": [["id": 1], ["id": 2]]], ["tapes": [["id": 3]]]]),
            "/tapes/1/days": first, "/tapes/2/days": days, "/tapes/3/days": days,
        ])
        var recordings: [ListedRecording] = []
        do {
            let listing = Listing(key: "all", label: "all")
            try await source(Self.text).recordings(in: listing, api: api.client) { recordings += $0 }
        } catch let error as TapedeckError {
            return (recordings, error)
        }
        return (recordings, nil)
    }

    @Test(
        "a recording whose counters are refused is handed over without them, and so is all behind it",
        arguments: [TapedeckError.Code.notFound, .forbidden, .serverError, .rateLimited, .malformedResponse]
    )
    func refused(code: TapedeckError.Code) async throws {
        let read = try await read(.failure(TapedeckError(code, "no")))
        #expect(read.recordings.map(\.recording.id) == ["1", "2", "3"])
        #expect(read.recordings.map { $0.summary?.views } == [nil, 2, 2])
        #expect(read.failure?.code == (ErrorCodes.ofOutages.contains(code) ? code : .malformedResponse))
        let reason = "1 recording(s) whose counters could not be had (\(code.rawValue))"
        #expect(read.failure?.reason.contains(reason) == true)
    }

    @Test("a counter that is none is told of at the end, and its sum is not told at all")
    func unusable() async throws {
        let read = try await read(.json(["days": [["views": 4], ["views": "many"], ["views": -1]]]))
        #expect(read.recordings.map { $0.summary?.views } == [nil, 2, 2])
        #expect(read.failure?.reason.contains("2 values of accessSummary.views that are not") == true)
    }

    @Test("the place of the listing is kept before a page that could not be used whole")
    func place() async throws {
        let executor = HoldingExecutor(
            ScriptedAPI(["/tapes": .pages([["tapes": [["id": 1]]], ["tapes": [["no": 2]]], ["tapes": [["id": 3]]]])])
        )
        let text = withHead(
            "recordings: { request: { path: \"/tapes\" }, paging: { style: \"page_number\", items: \"/tapes\" }, id: \"/id\" },"
        )
        var held: [Bool] = []
        let failure = await #expect(throws: TapedeckError.self) {
            let listing = Listing(key: "all", label: "all")
            try await source(text).recordings(in: listing, api: APIClient(executor: executor)) { _ in
                held.append(executor.isHolding)
            }
        }
        #expect(held == [false, true, true])
        #expect(failure?.code == .malformedResponse)
    }

    @Test("what ends a source ends it here as well")
    func ended() async throws {
        let read = try await read(.failure(TapedeckError(.unauthorized, "no")))
        #expect(read.recordings.isEmpty && read.failure?.code == .unauthorized)
    }
}

/// Notes whether the place was held.
private final class HoldingExecutor: APIExecutor {
    private let api: ScriptedAPI
    private let holding = Mutex(false)

    init(_ api: ScriptedAPI) { self.api = api }

    var isHolding: Bool { holding.withLock { $0 } }

    func send(_ request: APIRequest) async throws -> APIResponse { try await api.send(request) }

    func pager(for request: APIRequest, paging: Paging) -> any Pager { api.pager(for: request, paging: paging) }

    func holdPlace() async { holding.withLock { $0 = true } }
}
