import RecordingKit
import Testing

@Suite("Window rules")
struct WindowRulesTests {
    private let now = Timestamp(secondsSince1970: 1_800_000_000, nanoseconds: 250_000_000)
    private let day = Duration.seconds(86_400)

    private func request(_ from: Int64, _ to: Int64) -> TimeWindow {
        TimeWindow(from: Timestamp(secondsSince1970: from), to: Timestamp(secondsSince1970: to))
    }

    @Test("Windows touch, obey the span and the horizon, and together cover what is allowed")
    func windowsCoverWhatIsAllowed() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            let horizon = Duration.seconds(Int64.random(in: 3_600...40_000_000, using: &generator))
            let margin = Duration.seconds(Int64.random(in: 0...3_600, using: &generator))
            let span = Duration.milliseconds(Int64.random(in: 90_000_000...9_000_000_000, using: &generator))
            let rules = WindowRules(longestSpan: span, horizon: horizon, horizonMargin: margin)
            let from = Timestamp(
                secondsSince1970: 1_800_000_000 - .random(in: 0...80_000_000, using: &generator),
                nanoseconds: .random(in: 0..<1_000_000_000, using: &generator)
            )
            let windows = rules.windows(covering: TimeWindow(from: from, to: now), at: now)
            let limit = now.advanced(by: .zero - horizon + margin)
            guard let first = windows.first, let last = windows.last else {
                #expect(max(from, limit).duration(since: now) > .seconds(-2))
                continue
            }
            #expect(first.from >= limit)
            #expect(first.from.duration(since: max(from, limit)) < .seconds(1))
            #expect(last.to == now.wholeSeconds)
            #expect(zip(windows, windows.dropFirst()).allSatisfy { $0.to == $1.from })
            #expect(windows.allSatisfy { !$0.isEmpty && $0.length <= span })
            #expect(windows.allSatisfy { $0.from.nanoseconds == 0 && $0.to.nanoseconds == 0 })
            #expect(windows.dropLast().allSatisfy { $0.length > span - .seconds(1) })
        }
    }

    @Test("The earliest start is inside the horizon by the margin, on the next whole second")
    func earliestStart() {
        let rules = WindowRules(longestSpan: nil, horizon: day)
        #expect(rules.earliestStart(at: now) == Timestamp(secondsSince1970: 1_800_000_000 - 86_400 + 600 + 1))
        #expect(rules.earliestStart(at: now.wholeSeconds) == Timestamp(secondsSince1970: 1_800_000_000 - 86_400 + 600))
        #expect(WindowRules(longestSpan: day, horizon: nil).earliestStart(at: now) == nil)
    }

    @Test("An answer is complete from the earliest start on, or a day later where days are of an unknown zone")
    func earliestComplete() throws {
        let horizon = Duration.seconds(30 * 86_400)
        for (unit, margin) in [(.second, 0), (.dayInUTC, 0), (.dayInUnknownZone, 86_400)] as [(WindowUnit, Int64)] {
            let rules = WindowRules(longestSpan: nil, horizon: horizon, unit: unit, includesEnd: true)
            let start = try #require(rules.earliestStart(at: now))
            let complete = try #require(rules.earliestComplete(at: now))
            #expect(complete == start.advanced(by: .seconds(margin)))
            #expect(rules.bounds(of: TimeWindow(from: complete, to: now)).first >= start)
            #expect(rules.windows(covering: request(0, 1_800_000_000), at: now).first?.from == complete)
        }
        #expect(WindowRules(longestSpan: day, horizon: nil).earliestComplete(at: now) == nil)
    }

    @Test(
        "A span that cannot hold its unit and what is asked for beside it contradicts the rules",
        arguments: [
            (1, .second, true), (0, .second, false), (86_400, .dayInUTC, true), (86_399, .dayInUTC, false),
            (3 * 86_400, .dayInUnknownZone, true), (3 * 86_400 - 1, .dayInUnknownZone, false),
        ] as [(Int64, WindowUnit, Bool)]
    )
    func contradiction(seconds: Int64, unit: WindowUnit, isSound: Bool) {
        let rules = WindowRules(longestSpan: .seconds(seconds), horizon: nil, unit: unit)
        #expect((rules.contradiction == nil) == isSound)
        var registry = ConnectorRegistry()
        let descriptor = ConnectorDescriptor(
            id: "tape",
            name: "Tape",
            summary: "",
            baseURL: "https://tape.example",
            authentication: .none,
            settings: [],
            windowRules: rules
        )
        let register = { try registry.register(descriptor) { _ in throw TapedeckError(.connectorFailed, "") } }
        if isSound {
            #expect(throws: Never.self) { try register() }
        } else {
            #expect(throws: TapedeckError(.configurationInvalid, "")) { try register() }
        }
    }

    @Test("Nothing is left of a request that is empty or lies before the horizon")
    func emptyCases() {
        let rules = WindowRules(longestSpan: day, horizon: day)
        #expect(rules.windows(covering: request(1_800_000_000, 1_800_000_000), at: now).isEmpty)
        #expect(rules.windows(covering: request(0, 1_000), at: now).isEmpty)
        #expect(rules.windows(covering: TimeWindow(from: now.wholeSeconds, to: now), at: now).isEmpty)
    }

    @Test("Without limits the request is one window, on whole seconds")
    func withoutLimits() {
        let whole = request(-5_000_000_000, 1_800_000_000)
        #expect(WindowRules.unfiltered.windows(covering: whole, at: now) == [whole])
        #expect(!WindowRules.unfiltered.isFilteredByTime)
        let rules = WindowRules(longestSpan: nil, horizon: nil)
        #expect(rules.isFilteredByTime)
        #expect(rules.windows(covering: TimeWindow(from: whole.from, to: now), at: now) == [whole])
    }

    @Test("A span below one second counts as one second", arguments: [Duration.zero, .nanoseconds(1), .seconds(-5)])
    func tinySpan(span: Duration) {
        let windows = WindowRules(longestSpan: span, horizon: nil).windows(covering: request(0, 3), at: now)
        #expect(windows == [request(0, 1), request(1, 2), request(2, 3)])
    }
}
