import RawJSON
import RecordingKit

/// Adds up the counters of one recording over the rows of a request.
struct SummaryReading {
    private let summary: SummaryPlan
    private let rows: RowsPlan

    init(_ summary: SummaryPlan, _ rows: RowsPlan) {
        self.summary = summary
        self.rows = rows
    }

    /// Reads all pages; a counter that stands nowhere is nil, and so are all when one of them is not what was declared.
    ///
    /// - Parameter tally: counts what could not be used.
    func read(
        _ names: NameScope,
        api: APIClient,
        _ tally: inout FaultTally
    ) async throws -> (views: Int64?, downloads: Int64?) {
        var pages = try RowPages(rows, names, api: api)
        var views: Int64?
        var downloads: Int64?
        var faults = FaultTally()
        while let page = try await pages.next() {
            for row in rows.rows(of: page, &faults) where rows.condition?.holds(row: row, names: names) ?? true {
                var reader = RowReader(row, names)
                views = SummaryReading.sum(views, reader.count(summary.views, "accessSummary.views"))
                downloads = SummaryReading.sum(downloads, reader.count(summary.downloads, "accessSummary.downloads"))
                faults.add(reader.tally)
            }
        }
        tally.add(faults)
        guard faults.isEmpty else { return (views: nil, downloads: nil) }
        return (views: views, downloads: downloads)
    }

    private static func sum(_ total: Int64?, _ count: Int64?) -> Int64? {
        guard let count else { return total }
        let (sum, overflows) = (total ?? 0).addingReportingOverflow(count)
        return overflows ? .max : sum
    }
}
