import RawJSON
import RecordingKit

extension ConformanceCheck {
    /// Ranges of time are asked for as the platform takes them.
    public static let windowRulesKept = ConformanceCheck(
        "window_rules_kept",
        "Listings cover the range that is wanted within the platform's rules, and exactly their ranges are asked for."
    ) { bench in
        let rules = bench.subject.descriptor.windowRules
        guard rules.isFilteredByTime else { return .skipped("The platform cannot be asked for ranges of time.") }
        if let obstacle = bench.obstacle { return obstacle }
        guard let window = bench.baseline.window else { return .skipped("No range was asked for.") }
        let listings = bench.baseline.listings.filter { $0.failure == nil }
        var problems = listings.flatMap { listing in
            WindowProblems.of(listing, in: window, rules).map { "The listing \(listing.label) \($0)" }
        }
        if listings.count < bench.subject.extent.listings, !WindowProblems.covers(listings.compactMap(\.window), window)
        {
            problems.append("The listings' ranges leave gaps in the range that was wanted.")
        }
        problems += await WindowProblems.ofNarrowedListings(bench, rules)
        return .problems(problems)
    }
}

private enum WindowProblems {
    /// What is wrong with a listing's range.
    static func of(_ listing: Listing, in wanted: TimeWindow, _ rules: WindowRules) -> [String] {
        guard let window = listing.window else { return ["has no range."] }
        var problems: [String] = []
        if window.isEmpty { problems.append("has an empty range.") }
        if window.from < wanted.from.wholeSeconds || window.to > wanted.to.roundedUpToSecond {
            problems.append("goes beyond the range that was wanted.")
        }
        let (first, last) = rules.bounds(of: window)
        if let longest = rules.longestSpan, last.duration(since: first) > longest {
            problems.append("asks for a longer range than the platform takes.")
        }
        return problems
    }

    /// Whether ranges leave nothing out of another one.
    static func covers(_ windows: [TimeWindow], _ wanted: TimeWindow) -> Bool {
        var end = wanted.from
        for window in windows.sorted(by: { $0.from < $1.from }) {
            if window.from.wholeSeconds > end { return false }
            end = max(end, window.to)
        }
        return end >= wanted.to.wholeSeconds
    }

    /// Whether a listing whose range the host has made shorter asks for the shorter one.
    static func ofNarrowedListings(_ bench: ConformanceBench, _ rules: WindowRules) async -> [String] {
        var problems: [String] = []
        var narrowed = bench.baseline
        for (index, listing) in bench.baseline.listings.enumerated().prefix(3) {
            guard let window = listing.window, window.length > .seconds(7_200) else { continue }
            let day = Duration.seconds(86_400)
            let margin = window.length > day * 8 ? day * 2 : .seconds(1_800)
            let shorter = TimeWindow(
                from: window.from.advanced(by: margin).wholeSeconds,
                to: window.to.advanced(by: .zero - margin).wholeSeconds
            )
            narrowed.listings[index] = listing.narrowed(to: shorter)
            let seen = TapedeckError(.stopped, "The request was seen.")
            let run = await bench.driver.run(.recordings(index), of: narrowed, Interference(failure: { _ in seen }))
            guard let request = run.fetches.first?.request else { continue }
            problems += problemsOf(request, shorter, rules).map { "The narrowed listing \(listing.label) \($0)" }
        }
        return problems
    }

    private static func problemsOf(_ request: APIRequest, _ window: TimeWindow, _ rules: WindowRules) -> [String] {
        let times = RequestTimes(request).times
        guard let earliest = times.min(), let latest = times.max() else { return ["asks for no range."] }
        let (first, last) = rules.bounds(of: window)
        var problems: [String] = []
        if let longest = rules.longestSpan, latest.duration(since: earliest) > longest {
            problems.append("asks for a longer range than the platform takes.")
        }
        if earliest > first || latest < window.to.advanced(by: .seconds(-86_400)) {
            problems.append("asks for less than its range.")
        }
        if earliest < first.advanced(by: .seconds(-1)) || latest > last.advanced(by: .seconds(1)) {
            problems.append("asks for more than its range.")
        }
        return problems
    }
}

/// The times that a request names in its query, its path and its content.
private struct RequestTimes {
    private(set) var times: [Timestamp] = []

    init(_ request: APIRequest) {
        for item in request.query {
            switch item.value {
            case .start(let time): times.append(time)
            case .text(let text): note(text)
            }
        }
        for part in request.path.split(separator: "/") { note(PercentEncoding.decode(part) ?? String(part)) }
        switch request.body {
        case .json(let bytes): if let root = try? JSONDocument(parsing: bytes).root { note(root) }
        case .form(let items):
            for item in items {
                switch item.value {
                case .start(let time): times.append(time)
                case .text(let text): note(text)
                }
            }
        case nil: break
        }
    }

    private mutating func note(_ json: JSONValue) {
        if let text = json.scalarText { note(text) }
        for element in json.elements { note(element) }
        for member in json.members { note(member.value) }
    }

    /// RFC 3339, a day, or seconds or milliseconds since 1970 that lie in this age.
    private mutating func note(_ text: String) {
        if let number = Int64(text) {
            if (946_684_800...4_102_444_800).contains(number) {
                times.append(Timestamp(secondsSince1970: number))
            } else if (946_684_800_000...4_102_444_800_000).contains(number) {
                times.append(Timestamp(secondsSince1970: number / 1_000, nanoseconds: number % 1_000 * 1_000_000))
            }
        } else if text.count >= 10, let time = Timestamp(text) {
            times.append(time)
        }
    }
}
