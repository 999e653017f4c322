import RawJSON
import RecordingHost
import RecordingKit

extension ConformanceCheck {
    /// Lists are read to their last page, wherever they are cut.
    public static let followsEveryPage = ConformanceCheck(
        "follows_every_page",
        "Lists are read to their last page, and it does not matter where they are cut into pages."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        var problems = NextPages(bench.baseline).unfollowed
        let cut = await bench.driver.run(Interference(reshape: PageCutter.cut))
        for reading in bench.baseline.readings
        where bench.baseline.fetches(in: reading.phase).contains(where: \.isPaged) {
            let name = "With smaller pages, \(bench.name(of: reading.phase))"
            if reading.phase == .listings, cut.listings.count != bench.baseline.listings.count {
                problems.append("\(name) gave \(cut.listings.count) where \(bench.baseline.listings.count) were given.")
            } else if let difference = cut.reading(reading.phase).map({
                $0.difference(from: reading, name: name, ignoring: bench.unstableFields.union(["raw"]))
            }) {
                problems += difference.map { [$0] } ?? []
            }
        }
        return .problems(problems)
    }

    /// What a page gave is handed over before the next one is asked for.
    public static let pagesHandedOver = ConformanceCheck(
        "pages_handed_over",
        "What a page gave is handed over before the next one is asked for, because a listing that is cut goes on after it."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        let pairs = zip(bench.baseline.fetches, bench.baseline.fetches.dropFirst())
        let problems = pairs.compactMap { before, after -> String? in
            guard case .recordings = after.phase, before.phase == after.phase, after.page == before.page + 1 else {
                return nil
            }
            return before.items.isEmpty || after.yields > before.yields
                ? nil
                : "\(bench.name(of: after.phase)) asks for page \(after.page) before page \(before.page) is handed over."
        }
        return .problems(problems)
    }

    /// A list that is empty now says nothing of what was in it.
    public static let emptyIsNotDeletion = ConformanceCheck(
        "empty_is_not_deletion",
        "An empty list gives no records and no failure: it does not say that anything was deleted."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        let phases = bench.baseline.readings.filter { reading in
            !reading.recordings.isEmpty && bench.baseline.fetches(in: reading.phase).contains(where: \.isPaged)
        }
        guard !phases.isEmpty else { return .skipped("No listing is paged.") }
        var problems: [String] = []
        for phase in phases.prefix(3).map(\.phase) {
            let run = await bench.driver.run(
                phase,
                of: bench.baseline,
                Interference(reshape: { [PageCutter.page($0, $1, keeping: 0..<0)] })
            )
            guard let reading = run.reading(phase) else { continue }
            if !reading.recordings.isEmpty {
                problems.append("With an empty list, \(bench.name(of: phase)) gave \(reading.recordings.count).")
            }
            if let failure = reading.failure {
                problems.append("With an empty list, \(bench.name(of: phase)) ended with \(problem(of: failure)).")
            }
        }
        return .problems(problems)
    }
}

extension Fetch {
    /// Whether the client was asked to page.
    var isPaged: Bool { paging != nil }
}

/// Cuts pages into smaller ones.
enum PageCutter {
    /// The first item alone, then nothing, then the rest: all of it on as many pages.
    static func cut(_ whole: APIPage, _ paging: Paging) -> [APIPage] {
        guard whole.items.count > 1 else { return [whole] }
        return [0..<1, 1..<1, 1..<whole.items.count].map { page(whole, paging, keeping: $0) }
    }

    /// A page with some of the items of another.
    static func page(_ whole: APIPage, _ paging: Paging, keeping range: Range<Int>) -> APIPage {
        let editor = JSONEditor(replace: { path, _, writer in
            guard path == paging.items.tokens else { return false }
            writer.beginArray()
            for item in whole.items[range] { writer.raw(item) }
            writer.endArray()
            return true
        })
        let bytes = editor.edit(Array(whole.response.json.rawBytes))
        guard let json = try? JSONDocument(parsing: bytes).root else { return whole }
        let response = APIResponse(status: whole.response.status, headers: whole.response.headers, json: json)
        let items = json.value(at: paging.items).map { Array($0.elements) } ?? []
        return APIPage(items: items, response: response, number: whole.number)
    }
}

/// Looks for pages that answers speak of and nobody asked for.
struct NextPages {
    let unfollowed: [String]

    /// Members that speak of a next page on most platforms.
    private static let members: Set<String> = [
        "next_page_token", "nextPageToken", "next_cursor", "nextCursor", "nextLink", "@odata.nextLink", "next_page",
        "nextPage", "next_page_url", "next",
    ]

    init(_ run: ConnectorRun) {
        unfollowed = NextPages.links(run) + NextPages.bodies(run) + NextPages.siblings(run)
    }

    /// Link header fields with a next page that was not asked for.
    private static func links(_ run: ConnectorRun) -> [String] {
        run.exchanges.compactMap { exchange in
            guard run.fetches.indices.contains(exchange.fetch), (200...299).contains(exchange.response.status),
                let target = try? LinkHeader(exchange.response.headers.values(of: "Link")).next(),
                let url = exchange.request.url.resolving(target)
            else { return nil }
            let fetch = run.fetches[exchange.fetch]
            let size = fetch.paging?.pageSize?.parameter
            let wanted = url.queryPairs.filter { $0.name != size }
            let isAsked = run.exchanges.contains { other in
                other.request.url.path == url.path && wanted.allSatisfy(Set(other.request.url.queryPairs).contains)
            }
            return isAsked || fetch.isCutShort || fetch.phase == .check
                ? nil : "An answer to \(fetch.request) links to a next page, which was not asked for."
        }
    }

    /// Answers to requests that were not paged, with a member that leads on.
    private static func bodies(_ run: ConnectorRun) -> [String] {
        run.fetches.compactMap { fetch in
            guard !fetch.isPaged, fetch.phase != .check, fetch.phase.isMetadata, let answer = fetch.response?.json,
                let member = answer.members.first(where: { members.contains($0.name) && $0.value.scalarText != "" }),
                member.value.scalarText != nil
            else { return nil }
            return "An answer to \(fetch.request) has a \"\(member.name)\", and the request was not paged."
        }
    }

    /// Recorded answers that differ in their place in a list alone from what was asked for.
    private static func siblings(_ run: ConnectorRun) -> [String] {
        guard !run.fetches.contains(where: \.isCutShort) else { return [] }
        return run.unasked.compactMap { exchange in
            let request = exchange.request
            let asked = run.exchanges.filter { $0.request.url.path.hasSuffix(request.path) }
                .map { Set($0.request.url.queryPairs) }
            let query = Set(request.query)
            guard exchange.response.status == 200, request.path.count > 1, !asked.contains(query) else { return nil }
            let isNextPage = asked.contains { $0.symmetricDifference(query).allSatisfy { isPlace($0.name) } }
            return isNextPage
                ? "A page of \(request.method) \(request.path) is recorded and was not asked for." : nil
        }
    }

    /// Whether a parameter names a place in a list.
    private static func isPlace(_ name: String) -> Bool {
        let words = MemberNames.words(name)
        return words.contains { ["page", "cursor", "offset", "after", "token", "next", "skip"].contains($0) }
    }
}

extension HTTPURL {
    /// The decoded parameters of the query.
    var queryPairs: [RecordedRequest.Parameter] {
        (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { PercentEncoding.decode($0, plusIsSpace: true) ?? String($0) }
            return RecordedRequest.Parameter(parts[0], parts.count > 1 ? parts[1] : "")
        }
    }
}
