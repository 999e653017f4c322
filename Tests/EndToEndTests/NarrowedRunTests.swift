import RecordingHost
import RecordingKit
import RecordingTestKit
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

    @Test("leave the range between them as a gap, which a run for everything closes")
    func gapBetween() async throws {
        try await Scenario.with(.small()) { scenario in
            let source = [scenario.simulator.webexSource()]
            let day = { (day: Int64) in Scenario.start.advanced(by: .seconds(day * 86_400)) }
            let newer = try await scenario.sync(source, request: SyncRequest(since: day(-30)))
            #expect(newer.outcomes.map(\.complete.count) == [1])
            let older = try await scenario.sync(source, request: SyncRequest(until: day(-200)))
            #expect(older.outcomes.map(\.state) == [.complete])
            #expect(older.outcomes.map(\.complete.count) == [2])
            let gaps = try await scenario.archive.gaps(at: scenario.clock.now)
            #expect(!gaps.isEmpty)
            #expect(gaps.allSatisfy { $0.window == TimeWindow(from: day(-200), to: day(-30)) })
            _ = try await scenario.sync(source)
            #expect(try await scenario.archive.gaps(at: scenario.clock.now).isEmpty)
        }
    }
}
