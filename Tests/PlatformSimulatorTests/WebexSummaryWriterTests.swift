import Testing

@testable import PlatformSimulator

@Suite("Rows of Webex's summary report")
struct WebexSummaryWriterTests {
    @Test(
        "Rows that are written over a template are those that are written member by member",
        arguments: [1, 7] as [UInt64]
    )
    func rows(seed: UInt64) throws {
        var plan = SimulatorPlan(seed: seed, anchor: 1_772_323_200)
        plan.webex.sites[1].recordings = 2_000
        let world = WebexWorld(plan: plan.webex, seed: seed, anchor: 1_772_323_200)
        var fast = JSONBytes()
        var slow = JSONBytes()
        var clock = DayClock()
        for site in plan.webex.sites.indices {
            for ordinal in 0..<plan.webex.sites[site].recordings {
                var recording = world.recording(site: site, ordinal: ordinal)
                if ordinal == 3 { recording.views = 1_234_567 }
                world.summaryWriter.write(recording, to: &fast, clock: &clock)
                slow.webexSummary(recording, world: world, zone: .utc)
            }
        }
        #expect(fast.bytes == slow.bytes)
        #expect(!fast.bytes.isEmpty)
    }

    @Test(
        "Times of any order and day are laid out as elsewhere",
        arguments: [0, 951_782_399, 951_782_400, 86_399, -1, 4_102_444_799, 1_709_164_800] as [Int64]
    )
    func times(seconds: Int64) {
        var clock = DayClock()
        _ = clock.digits(of: seconds &- 100_000)
        let (first, second, third) = clock.digits(of: seconds)
        let bytes =
            (0..<8).map { UInt8(truncatingIfNeeded: first >> (56 - 8 * $0)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: second >> (56 - 8 * $0)) }
            + (0..<4).map { UInt8(truncatingIfNeeded: third >> (24 - 8 * $0)) }
        #expect(String(decoding: bytes, as: UTF8.self) == seconds.utcTimestamp)
    }
}
