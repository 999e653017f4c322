import RecordingKit

@testable import RecordingHost

extension Fuzzer {
    /// What servers say about waiting: every wait lies between nothing and a year, whatever was sent.
    ///
    /// The input's lines are the answer's `Date` and the values of `Retry-After`.
    static let retryAfter = Fuzzer(name: "retry-after") { bytes in
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let values = Array(lines.dropFirst())
        for now in [Timestamp(secondsSince1970: 1_780_000_000), .earliest, .latest] {
            demandWait(values, date: lines.first, now: now)
            for text in lines { demandBounds(text, now: now) }
            demandRates(lines, now: now)
        }
    }

    private static func demandWait(_ values: [String], date: String?, now: Timestamp) {
        let single = values.map { RetryAfter([$0], date: date, now: now) }
        for (text, read) in zip(values, single) {
            if let wait = read.duration { demandBounded(wait, "Retry-After") }
            guard let seconds = Int64(text), text.utf8.first != UInt8(ascii: "+") else { continue }
            let expected = min(max(Duration.seconds(seconds), .zero), RetryAfter.longest)
            demand(read == .wait(expected), "\(seconds) seconds are read as \(read)")
        }
        let all = RetryAfter(values, date: date, now: now)
        if values.isEmpty { return demand(all == .absent, "a field that was not sent is read") }
        guard !single.contains(.unreadable) else { return demand(all == .unreadable, "a part is read for the whole") }
        demand(all.duration == single.compactMap(\.duration).max(), "of several waits not the longest is taken")
    }

    private static func demandBounds(_ text: String, now: Timestamp) {
        for unit in WaitUnit.all {
            if let wait = unit.wait(in: text, serverNow: now) { demandBounded(wait, "\(unit)") }
        }
    }

    /// The rate header fields, all of them with each line.
    private static func demandRates(_ lines: [String], now: Timestamp) {
        var headers = HTTPHeaders()
        let names = ["RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]
        for (name, line) in zip(names, lines) { headers.add(name, line) }
        guard let rates = RateHeaders(headers: headers, now: now) else { return }
        demand(rates.reset ?? .zero >= .zero, "a window ends before it begins")
        demand(rates.limit ?? 0 >= 0 && rates.remaining ?? 0 >= 0, "a limit below zero")
        guard let closing = rates.closesFor else { return }
        demand(closing > .zero && closing <= RateHeaders.longestClosing, "the gate closes for \(closing)")
    }

    private static func demandBounded(_ wait: Duration, _ what: String) {
        demand(wait >= .zero && wait <= RetryAfter.longest, "\(what) asks to wait for \(wait)")
    }
}
