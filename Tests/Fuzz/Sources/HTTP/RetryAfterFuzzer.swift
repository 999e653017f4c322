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
        demandStrictest(lines.count, bytes.count)
    }

    private static func demandWait(_ values: [String], date: String?, now: Timestamp) {
        let single = values.map { RetryAfter([$0], date: date, now: now) }
        for (text, read) in zip(values, single) {
            if let wait = read.duration { demandBounded(wait, "Retry-After") }
            if let expected = plainWait(text) {
                demand(read == .wait(expected), "\(text) is read as \(read)")
            } else if let end = HTTPDate.parse(text, now: serverTime(date, now)) {
                let expected = bounded(end.duration(since: serverTime(date, now)))
                demand(read == .wait(expected), "\(text) is read as \(read)")
            }
        }
        let all = RetryAfter(values, date: date, now: now)
        if values.isEmpty { return demand(all == .absent, "a field that was not sent is read") }
        guard !single.contains(.unreadable) else { return demand(all == .unreadable, "a part is read for the whole") }
        demand(all.duration == single.compactMap(\.duration).max(), "of several waits not the longest is taken")
    }

    /// The wait for a whole number of seconds, or one with a fraction of at most six digits; nil for everything else.
    private static func plainWait(_ text: String) -> Duration? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts.last.flatMap { parts.count == 2 ? $0 : nil } ?? ""
        guard parts.count <= 2, let whole = Int64(parts[0]), text.utf8.first != UInt8(ascii: "+"),
            parts.count == 1 || (1...6).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        if whole < 0 || text.utf8.first == UInt8(ascii: "-") { return .zero }
        let millionths = (Int64(digits) ?? 0) * [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1][digits.utf8.count]
        return bounded(.seconds(whole) + .milliseconds((millionths + 999) / 1_000))
    }

    private static func serverTime(_ date: String?, _ now: Timestamp) -> Timestamp {
        date.flatMap { HTTPDate.parse($0, now: now) } ?? now
    }

    private static func bounded(_ wait: Duration) -> Duration { min(max(wait, .zero), RetryAfter.longest) }

    private static func demandBounds(_ text: String, now: Timestamp) {
        for unit in WaitUnit.all {
            if let wait = unit.wait(in: text, serverNow: now) { demandBounded(wait, "\(unit)") }
        }
        guard let number = Int64(text) else { return }
        let seconds = WaitUnit.seconds.wait(in: text, serverNow: now)
        demand(seconds == bounded(.seconds(number)), "\(number) seconds are \(seconds, default: "nothing")")
        let milliseconds = WaitUnit.milliseconds.wait(in: text, serverNow: now)
        demand(milliseconds == bounded(.milliseconds(number)), "\(number) ms are \(milliseconds, default: "nothing")")
    }

    /// Of several limits the one that is nearest to its end counts.
    private static func demandStrictest(_ first: Int, _ second: Int) {
        var headers = HTTPHeaders()
        headers.add("RateLimit", "\"a\";r=\(first);t=1, \"b\";r=\(second);t=2")
        let rates = RateHeaders(headers: headers, now: .earliest)
        demand(rates?.remaining == Double(min(first, second)), "not the strictest of two limits counts")
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
