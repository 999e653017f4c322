import RecordingHost
import RecordingKit
import Testing

@Suite("Runs that are narrowed to a range")
struct NarrowedRunTests {
    @Test(
        "claim nothing where nothing could be asked for, and the next one reads everything",
        arguments: [
            SyncRequest(until: Timestamp(secondsSince1970: 1_577_836_800)),
            SyncRequest(since: Timestamp(secondsSince1970: 4_102_444_800)),
        ]
    )
    func nothingAskedFor(request: SyncRequest) async throws {
        try await Scenario.with(.small()) { scenario in
            let source = scenario.simulator.webexSource()
            let narrowed = try await scenario.archive.sync([source], request: request, clock: scenario.clock)
            #expect(narrowed.outcomes.map(\.complete) == [[]])
            let whole = try await scenario.sync([source])
            #expect(whole.outcomes.map(\.complete.count) == [1])
            #expect(whole.outcomes.allSatisfy { $0.complete.allSatisfy { $0.from != nil } })
            #expect(try scenario.differences(kismet: false) == [])
        }
    }
}
