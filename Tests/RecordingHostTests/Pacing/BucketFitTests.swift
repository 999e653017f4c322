import Testing

@testable import RecordingHost

@Suite("The bucket's fit")
struct BucketFitTests {
    /// What a bucket lets through when requests come evenly: the times in seconds of those accepted, up to the first refusal.
    private func accepted(rate: Double, bucket: Double, tokens: Double, from start: Double, asking: Double) -> [Double]
    {
        var times: [Double] = []
        var tokens = tokens
        var time = start
        while tokens >= 1, times.count < 3_000 {
            tokens = min(bucket, tokens - 1 + rate / asking)
            times.append(time)
            time += 1 / asking
        }
        return times
    }

    @Test("an empty record needs no rate and the smallest bucket")
    func empty() {
        let fit = BucketFit()
        #expect(fit.capacity(at: 10) == 1)
        #expect(fit.leastRate(upTo: 10) ?? 1 < 1e-6)
    }

    @Test(
        "the rate is found from the burst and what followed up to the next refusal",
        arguments: [5.0, 25, 50, 100],
        [0.05, 0.3, 1]
    )
    func recovered(bucket: Double, wait: Double) throws {
        let rate = 50.0
        var fit = BucketFit()
        for time in accepted(rate: rate, bucket: bucket, tokens: bucket, from: 0, asking: 1_000) {
            fit.addToBurst(time)
        }
        let refusal = Double(fit.burstCount) / 1_000
        fit.empty(at: refusal)
        let after = accepted(
            rate: rate,
            bucket: bucket,
            tokens: min(bucket, wait * rate),
            from: refusal + wait,
            asking: 60
        )
        for time in after { fit.add(time) }
        let found = try #require(fit.leastRate(upTo: 60))
        #expect(abs(found - rate) < 3.5, "\(found)")
        #expect(abs(fit.capacity(at: found) - bucket) <= 2)
    }

    @Test("a rate that cannot explain what was accepted is not returned")
    func unexplained() {
        var fit = BucketFit()
        fit.addToBurst(0)
        fit.empty(at: 0)
        for request in 1...20 { fit.add(Double(request) / 100) }
        #expect(fit.leastRate(upTo: 5) == nil)
        #expect(fit.leastRate(upTo: 200) != nil)
    }

    @Test("requests from before the refusal are not counted after it")
    func stragglers() {
        var fit = BucketFit()
        fit.empty(at: 10)
        fit.add(9)
        fit.add(10)
        #expect(fit.count == 0)
    }

    @Test("the record is bounded, and long even sending still gives its rate")
    func bounded() throws {
        var fit = BucketFit()
        for request in 0..<20_000 { fit.addToBurst(Double(request) / 1_000) }
        #expect(fit.burstCount <= 4_096)
        fit.empty(at: 20)
        for request in 1...20_000 { fit.add(20 + Double(request) / 100) }
        #expect(fit.count <= 4_096)
        #expect(try #require(fit.leastRate(upTo: 1_000)) <= 101)
    }
}
