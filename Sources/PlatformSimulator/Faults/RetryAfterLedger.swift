/// Remembers, for each credential, until when it was told to stay away.
struct RetryAfterLedger: Sendable {
    private struct Interval: Sendable {
        /// Requests before this instant were on the wire already.
        var start: Int64
        var end: Int64
    }

    private var intervals: [String: Interval] = [:]

    mutating func note(_ credential: String, now: Int64, wait: Int64, grace: Int64) {
        guard wait > 0 else { return }
        if let running = intervals[credential], running.end > now {
            intervals[credential] = Interval(start: running.start, end: max(running.end, now + wait))
        } else {
            intervals[credential] = Interval(start: now + grace, end: now + wait)
        }
    }

    func isRunning(_ credential: String, now: Int64) -> Bool {
        guard let interval = intervals[credential] else { return false }
        return now >= interval.start && now < interval.end
    }
}
