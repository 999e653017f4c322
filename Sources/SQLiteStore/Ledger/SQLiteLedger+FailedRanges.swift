import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// Puts an outcome in the place of what failed before in its range: what lies beside the range stays.
    func writeFailedRanges(_ outcome: ListingOutcome, _ source: Int64, _ connection: SQLiteConnection) throws {
        guard let window = outcome.failure == nil ? outcome.covered : outcome.window else { return }
        let touched = try failedRanges(of: outcome.part, outcome.label, source, connection).filter {
            $0.window?.intersection(window) != nil
        }
        for gap in touched {
            guard let known = gap.window else { continue }
            let delete = try connection.statement(
                "DELETE FROM failed_ranges WHERE source = ? AND part = ? AND range_from = ?"
            )
            try delete.bind(source)
            try delete.bind(bits: outcome.part)
            try delete.bind(known.from)
            try delete.run()
        }
        for gap in touched {
            for rest in gap.window?.subtracting([window]) ?? [] {
                var gap = gap
                gap.window = rest
                try write(gap, outcome.part, source, connection)
            }
        }
        guard let failure = outcome.failure else { return }
        let attempts = (touched.map(\.attempts).max() ?? 0) + 1
        let gap = CoverageGap(
            label: outcome.label,
            window: window,
            failure: failure,
            attempts: attempts,
            triedAt: outcome.finishedAt
        )
        try write(gap, outcome.part, source, connection)
    }

    /// The ranges of a part whose last reading failed, ascending.
    func failedRanges(
        of part: UInt64,
        _ label: String,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> [CoverageGap] {
        let select = try connection.statement(
            """
            SELECT range_from, range_to, failure_code, failure_reason, attempts, tried_at FROM failed_ranges
            WHERE source = ? AND part = ? ORDER BY range_from
            """
        )
        try select.bind(source)
        try select.bind(bits: part)
        defer { select.reset() }
        var gaps: [CoverageGap] = []
        while try select.step() {
            gaps.append(
                CoverageGap(
                    label: label,
                    window: TimeWindow(from: try select.time(0), to: try select.time(1)),
                    failure: ListingFailure(code: select.requiredText(2), reason: select.requiredText(3)),
                    attempts: select.count(4),
                    triedAt: try select.time(5)
                )
            )
        }
        return gaps
    }

    private func write(_ gap: CoverageGap, _ part: UInt64, _ source: Int64, _ connection: SQLiteConnection) throws {
        guard let window = gap.window, !window.isEmpty, let failure = gap.failure else { return }
        let insert = try connection.statement(
            """
            INSERT OR REPLACE INTO failed_ranges (source, part, range_from, range_to, failure_code, failure_reason, attempts,
                tried_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        try insert.bind(source)
        try insert.bind(bits: part)
        try insert.bind(window.from)
        try insert.bind(window.to)
        try insert.bind(failure.code)
        try insert.bind(failure.reason)
        try insert.bind(gap.attempts)
        try insert.bind(gap.triedAt)
        try insert.run()
    }
}
