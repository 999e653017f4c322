public import RecordingHost
public import RecordingKit

extension SQLiteLedger {
    /// For which ranges a source was read completely for all of `kinds`, and what is missing.
    ///
    /// Costs one look at each part of the source.
    public func coverage(
        of source: String,
        kinds: [RecordKind],
        reachableFrom earliest: Timestamp?
    ) throws -> SourceCoverage {
        try read { connection in
            let select = try connection.statement("SELECT id, found_at FROM sources WHERE name = ?")
            try select.bind(source)
            defer { select.reset() }
            guard try select.step() else { return SourceCoverage() }
            let number = select.integer(0)
            return SourceCoverage(
                kinds: kinds,
                foundAt: try select.optionalTime(1),
                reachableFrom: earliest,
                ranged: try rangedParts(number, connection),
                whole: try wholeParts(number, kinds, connection)
            )
        }
    }

    private func rangedParts(_ source: Int64, _ connection: SQLiteConnection) throws -> [RangedPart] {
        let select = try connection.statement(
            "SELECT part, label FROM parts WHERE source = ? AND has_ranges = 1 ORDER BY label"
        )
        try select.bind(source)
        defer { select.reset() }
        var parts: [RangedPart] = []
        while try select.step() {
            let part = select.bits(0)
            let label = select.requiredText(1)
            parts.append(
                RangedPart(
                    label: label,
                    coverage: try coverage(of: part, source, connection),
                    failures: try failedRanges(of: part, label, source, connection)
                )
            )
        }
        return parts
    }

    private func wholeParts(
        _ source: Int64,
        _ kinds: [RecordKind],
        _ connection: SQLiteConnection
    ) throws -> WholeParts {
        var whole = WholeParts(count: 0, completeAt: nil, isComplete: true, gaps: [], gapCount: 0)
        let select = try connection.statement(
            """
            SELECT complete_kinds, count(*), min(CASE WHEN is_settled = 0 THEN complete_at END), count(failure_code)
            FROM parts WHERE source = ? AND has_ranges = 0 GROUP BY complete_kinds
            """
        )
        try select.bind(source)
        defer { select.reset() }
        while try select.step() {
            let known = RecordKind.list(select.text(0) ?? "")
            whole.count += select.count(1)
            whole.completeAt = [whole.completeAt, try select.optionalTime(2)].compactMap { $0 }.min()
            whole.gapCount += select.count(3)
            if !kinds.allSatisfy(known.contains) { whole.isComplete = false }
        }
        whole.gaps = try failedParts(source, connection)
        return whole
    }

    private func failedParts(_ source: Int64, _ connection: SQLiteConnection) throws -> [CoverageGap] {
        let select = try connection.statement(
            """
            SELECT label, failure_code, failure_reason, attempts, tried_at FROM parts
            WHERE source = ? AND failure_code IS NOT NULL ORDER BY label LIMIT \(SourceCoverage.maximumGaps)
            """
        )
        try select.bind(source)
        defer { select.reset() }
        var gaps: [CoverageGap] = []
        while try select.step() {
            gaps.append(
                CoverageGap(
                    label: select.requiredText(0),
                    window: nil,
                    failure: ListingFailure(code: select.requiredText(1), reason: select.requiredText(2)),
                    attempts: select.count(3),
                    triedAt: try select.optionalTime(4)
                )
            )
        }
        return gaps
    }
}
