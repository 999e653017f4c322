import RecordingHost
import Testing

@Suite("The rate learner")
struct RateLearnerTests {
    @Test("without limits every request may go at once")
    func free() {
        var learner = RateLearner()
        for _ in 0..<100 { #expect(learner.reserve(at: .seconds(3)).time == .seconds(3)) }
        #expect(learner.currentRate == nil)
    }

    @Test("a configured rate spaces requests evenly from the first one on")
    func configuredRate() {
        var learner = RateLearner(requestsPerSecond: 4)
        let times = (0..<4).map { _ in learner.reserve(at: .seconds(1)).time }
        #expect(times == [.seconds(1), .milliseconds(1_250), .milliseconds(1_500), .milliseconds(1_750)])
    }

    @Test("a configured rate is never exceeded, whatever is learned")
    func configuredRateBounds() {
        var learner = RateLearner(requestsPerSecond: 10)
        var now = Duration.zero
        for _ in 0..<40 {
            let slot = learner.reserve(at: now)
            now = slot.time
            learner.accepted(slot, at: now)
        }
        learner.refused(learner.reserve(at: now), at: now, wait: .milliseconds(1))
        for _ in 0..<2_000 {
            let slot = learner.reserve(at: now)
            now = slot.time
            learner.accepted(slot, at: now)
            #expect(learner.currentRate ?? .infinity <= 10)
        }
    }

    @Test("a rate that is not above zero counts as none", arguments: [0, -1, -Double.infinity, Double.nan] as [Double])
    func nonsenseRate(_ rate: Double) {
        var learner = RateLearner(requestsPerSecond: rate)
        #expect(learner.reserve(at: .zero).time == .zero)
        #expect(learner.reserve(at: .zero).time == .zero)
    }

    @Test("a refusal closes the gate for its wait, and slots that were taken before it no longer hold")
    func refusalCloses() {
        var learner = RateLearner()
        let first = learner.reserve(at: .zero)
        let second = learner.reserve(at: .zero)
        learner.refused(first, at: .milliseconds(100), wait: .seconds(2))
        #expect(learner.closedUntil == .milliseconds(2_100))
        #expect(!learner.isValid(second))
        #expect(learner.reserve(at: .milliseconds(200)).time == .milliseconds(2_100))
    }

    @Test("the gate never opens earlier than it was told before")
    func gateOnlyGrows() {
        var learner = RateLearner()
        learner.close(until: .seconds(10))
        let slot = learner.reserve(at: .zero)
        learner.close(until: .seconds(5))
        #expect(learner.closedUntil == .seconds(10))
        #expect(learner.isValid(slot))
    }

    @Test("closing the gate without a refusal teaches no rate")
    func closingIsNotLearning() {
        var learner = RateLearner()
        learner.accepted(learner.reserve(at: .zero), at: .zero)
        learner.close(until: .seconds(1))
        #expect(learner.currentRate == nil)
    }

    @Test("refusals of requests that were under way when the gate closed teach nothing new")
    func oldRefusals() {
        var learner = RateLearner()
        let slots = (0..<20).map { _ in learner.reserve(at: .zero) }
        for slot in slots[..<10] { learner.accepted(slot, at: .milliseconds(5)) }
        learner.refused(slots[10], at: .milliseconds(6), wait: .seconds(1))
        let rate = learner.currentRate
        for slot in slots[11...] { learner.refused(slot, at: .milliseconds(7), wait: .seconds(1)) }
        #expect(rate != nil)
        #expect(learner.currentRate == rate)
        #expect(learner.closedUntil == .milliseconds(1_007))
    }

    @Test("a burst of 50 that ends with a wait of a second is taken for 50 a second")
    func firstGuess() throws {
        var learner = RateLearner()
        for _ in 0..<50 { learner.accepted(learner.reserve(at: .zero), at: .zero) }
        learner.refused(learner.reserve(at: .zero), at: .zero, wait: .seconds(1))
        let rate = try #require(learner.currentRate)
        #expect(abs(rate - 50) < 1)
    }

    @Test("a caller that is slower than the rate does not raise it")
    func slowCallerProvesNothing() throws {
        var learner = RateLearner()
        for _ in 0..<50 { learner.accepted(learner.reserve(at: .zero), at: .zero) }
        learner.refused(learner.reserve(at: .zero), at: .zero, wait: .seconds(1))
        let rate = try #require(learner.currentRate)
        for second in 2..<2_000 {
            let slot = learner.reserve(at: .seconds(second))
            learner.accepted(slot, at: .seconds(second))
        }
        #expect(learner.currentRate == rate)
    }

    @Test("after a pause the burst before it is forgotten")
    func pause() throws {
        var learner = RateLearner()
        for _ in 0..<3 { learner.accepted(learner.reserve(at: .zero), at: .zero) }
        for _ in 0..<50 { learner.accepted(learner.reserve(at: .seconds(1_000)), at: .seconds(1_000)) }
        learner.refused(learner.reserve(at: .seconds(1_000)), at: .seconds(1_000), wait: .seconds(1))
        #expect(try #require(learner.currentRate) > 40)
    }

    @Test("a slot that is given back is there for the next request")
    func givingBack() {
        var learner = RateLearner(requestsPerSecond: 1)
        _ = learner.reserve(at: .zero)
        for _ in 0..<100 {
            let slot = learner.reserve(at: .zero)
            #expect(slot.time == .seconds(1))
            learner.giveBack(slot)
        }
    }

    @Test("lateness is not made up for where the bucket holds nothing")
    func latenessWithoutBucket() {
        var learner = RateLearner(requestsPerSecond: 10)
        _ = learner.reserve(at: .zero)
        #expect(learner.reserve(at: .milliseconds(130)).time == .milliseconds(130))
        #expect(learner.reserve(at: .milliseconds(130)).time == .milliseconds(230))
    }
}
