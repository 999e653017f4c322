import Testing

@testable import CurlTransport

@Suite("A limit for bandwidth")
struct BandwidthTests {
    private let start = ContinuousClock.now

    private func isClose(_ duration: Duration, _ seconds: Double) -> Bool {
        abs(duration / .seconds(1) - seconds) < 1e-6
    }

    @Test("is paid off at its rate")
    func debt() {
        var bucket = TokenBucket(bytesPerSecond: 1000, at: start)
        #expect(bucket.debt(at: start) == .zero)
        bucket.charge(bytes: 500, at: start)
        #expect(isClose(bucket.debt(at: start), 0.5))
        #expect(isClose(bucket.debt(at: start + .milliseconds(200)), 0.3))
        bucket.charge(bytes: 100, at: start + .milliseconds(200))
        #expect(isClose(bucket.debt(at: start + .milliseconds(200)), 0.4))
        #expect(bucket.debt(at: start + .milliseconds(601)) == .zero)
    }

    @Test("saves up no more than a twentieth of a second")
    func savings() {
        var bucket = TokenBucket(bytesPerSecond: 1000, at: start)
        let later = start + .seconds(100)
        bucket.charge(bytes: 50, at: later)
        #expect(bucket.debt(at: later) == .zero)
        bucket.charge(bytes: 100, at: later)
        #expect(isClose(bucket.debt(at: later), 0.1))
    }

    @Test("holds over many charges", arguments: [1, 7, 100_000, 20_000_000])
    func longRun(rate: Int) {
        var bucket = TokenBucket(bytesPerSecond: rate, at: start)
        var now = start
        var total = 0
        for step in 1...1000 {
            let bytes = max(1, rate * (step % 5) / 40)
            bucket.charge(bytes: bytes, at: now)
            total += bytes
            now += bucket.debt(at: now)
        }
        let ideal = Double(total) / Double(rate)
        #expect(abs((now - start) / .seconds(1) - ideal) < ideal / 1000)
    }

    @Test("counts a rate below 1 as 1")
    func nonsense() {
        var bucket = TokenBucket(bytesPerSecond: -5, at: start)
        bucket.charge(bytes: 2, at: start)
        #expect(isClose(bucket.debt(at: start), 2))
    }

    @Test("is shared in turn")
    func turns() {
        var gate = BandwidthGate(bytesPerSecond: 1000, at: start)
        let transfers = (0..<3).map { _ in TransferTicket() }
        let keys = transfers.map { ObjectIdentifier($0) }
        #expect(!gate.isClosed(at: start))
        gate.charge(bytes: 100, at: start)
        for key in keys { gate.enqueue(key) }
        #expect(gate.next(at: start + .milliseconds(99)) == nil)
        #expect(gate.opening(from: start) == start + .milliseconds(100))
        var now = start + .milliseconds(101)
        var order: [ObjectIdentifier] = []
        for _ in 0..<6 {
            guard let next = gate.next(at: now) else { break }
            order.append(next)
            gate.charge(bytes: 200, at: now)
            #expect(gate.next(at: now) == nil)
            gate.enqueue(next)
            now += .milliseconds(201)
        }
        #expect(order == keys + keys)
    }

    @Test("makes newcomers wait behind those who wait, and forgets who has left")
    func queue() {
        var gate = BandwidthGate(bytesPerSecond: 1000, at: start)
        let (first, second) = (TransferTicket(), TransferTicket())
        gate.enqueue(ObjectIdentifier(first))
        gate.enqueue(ObjectIdentifier(second))
        #expect(gate.isClosed(at: start))
        #expect(!gate.isOwing(at: start))
        gate.remove(ObjectIdentifier(first))
        #expect(gate.next(at: start) == ObjectIdentifier(second))
        #expect(!gate.isClosed(at: start))
        #expect(gate.opening(from: start) == nil)
    }
}
