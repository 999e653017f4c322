import Testing

@testable import RecordingHost

@Suite("The ramp of requests under way")
struct ConcurrencyRampTests {
    @Test(
        "it starts at three and opens slowly, then quickly",
        arguments: [(0, 3), (14, 3), (15, 4), (74, 7), (75, 8), (254, 16), (255, 17), (302, 64)]
    )
    func opens(accepted: Int, limit: Int) {
        #expect(ConcurrencyRamp(ceiling: 64).limit(afterAccepting: accepted) == limit)
    }

    @Test("it never exceeds the ceiling, never falls, and lets at least one through", arguments: [-1, 0, 1, 2, 8, 256])
    func bounds(ceiling: Int) {
        let ramp = ConcurrencyRamp(ceiling: ceiling)
        let limits = (0..<1_000).map(ramp.limit)
        #expect(limits.allSatisfy { $0 >= 1 && $0 <= max(ceiling, 1) })
        #expect(zip(limits, limits.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(limits.last == max(ceiling, 1))
    }
}
