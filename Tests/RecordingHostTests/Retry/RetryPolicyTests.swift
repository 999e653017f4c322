import RecordingHost
import Testing

@Suite("The retry policy")
struct RetryPolicyTests {
    private let policy = RetryPolicy()

    @Test(
        "the back-off's upper end doubles up to its ceiling",
        arguments: [
            (1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8), (6, 16), (7, 32), (8, 60), (9, 60), (1_000, 60), (Int.max, 60),
            (0, 0.5), (-5, 0.5),
        ] as [(Int, Double)]
    )
    func ceilings(attempt: Int, seconds: Double) {
        #expect(policy.backOff(attempt: attempt, jitter: 1) == .seconds(seconds))
    }

    @Test(
        "jitter spreads the back-off evenly between zero and its upper end",
        arguments: [
            (0.0, 0.0), (0.25, 1), (0.5, 2), (1, 4), (-3, 0), (7, 4),
        ] as [(Double, Double)]
    )
    func jitter(jitter: Double, seconds: Double) {
        #expect(policy.backOff(attempt: 4, jitter: jitter) == .seconds(seconds))
    }

    @Test("the longer of the back-off and the server's wish is waited")
    func serverWish() {
        #expect(policy.decide(attempt: 4, serverWish: .seconds(3), jitter: 1) == .wait(.seconds(4)))
        #expect(policy.decide(attempt: 4, serverWish: .seconds(5), jitter: 1) == .wait(.seconds(5)))
        #expect(policy.decide(attempt: 4, serverWish: nil, jitter: 0.5) == .wait(.seconds(2)))
        #expect(policy.decide(attempt: 1, serverWish: .zero, jitter: 0) == .wait(.zero))
    }

    @Test("after the last attempt it gives up")
    func attempts() {
        #expect(policy.decide(attempt: 7, serverWish: nil, jitter: 0) == .wait(.zero))
        #expect(policy.decide(attempt: 8, serverWish: nil, jitter: 0) == .giveUp)
        #expect(policy.decide(attempt: 8, serverWish: .seconds(1), jitter: 0) == .giveUp)
        #expect(RetryPolicy(maximumAttempts: 1).decide(attempt: 1, serverWish: nil, jitter: 0) == .giveUp)
    }

    @Test("a wish above the longest wait says when to come back, whatever the attempt", arguments: [1, 8, 9])
    func tooLong(attempt: Int) {
        #expect(
            policy.decide(attempt: attempt, serverWish: .seconds(901), jitter: 0) == .comeBack(after: .seconds(901))
        )
    }

    @Test("a wish of exactly the longest wait is still waited, above the own ceiling")
    func justLongEnough() {
        #expect(policy.decide(attempt: 1, serverWish: .seconds(900), jitter: 1) == .wait(.seconds(900)))
    }
}
