/// What a platform says about the time ranges that it answers, as data from which safe windows are derived.
public struct WindowRules: Sendable, Hashable {
    /// The longest range that one request may ask for, at least one ``unit`` and its margins; nil when there is no limit.
    public var longestSpan: Duration?
    /// How far back from now a range may begin; nil when there is no limit.
    public var horizon: Duration?
    /// How far inside the horizon the host stays, so that a request is not too old by the time it arrives; default 10 minutes.
    public var horizonMargin: Duration
    /// In what a range's ends are named; default whole seconds.
    public var unit: WindowUnit
    /// Whether an answer includes what lies at the range's end; default false.
    public var includesEnd: Bool
    /// How long after its time an item may still be added or change; nil, the default, when that never ends.
    ///
    /// A range that was read completely when all of it was older than this is not asked for again.
    public var settlesAfter: Duration?
    /// Whether the platform can be asked for a range at all; false means that it lists everything it has.
    public var isFilteredByTime: Bool

    /// Makes rules for a platform that is asked for ranges.
    public init(
        longestSpan: Duration?,
        horizon: Duration?,
        horizonMargin: Duration = .seconds(600),
        unit: WindowUnit = .second,
        includesEnd: Bool = false,
        settlesAfter: Duration? = nil
    ) {
        self.longestSpan = longestSpan
        self.horizon = horizon
        self.horizonMargin = horizonMargin
        self.unit = unit
        self.includesEnd = includesEnd
        self.settlesAfter = settlesAfter
        isFilteredByTime = true
    }

    /// Rules of a platform whose listings cannot be narrowed by time.
    public static var unfiltered: WindowRules {
        var rules = WindowRules(longestSpan: nil, horizon: nil, horizonMargin: .zero)
        rules.isFilteredByTime = false
        return rules
    }

    /// The earliest start that a request sent at `now` may name, or nil when any start will do.
    public func earliestStart(at now: Timestamp) -> Timestamp? {
        guard let horizon else { return nil }
        return unit.ceiling(now.advanced(by: .zero - horizon + horizonMargin).roundedUpToSecond)
    }

    /// The earliest time from which an answer to a request sent at `now` can be complete, or nil when any will do.
    ///
    /// Later than ``earliestStart(at:)`` by the day that a platform with days of an unknown zone is asked for more: of that day the
    /// answer may hold a part alone.
    public func earliestComplete(at now: Timestamp) -> Timestamp? {
        earliestStart(at: now)?.advanced(by: unit.margin)
    }

    /// What is wrong with the rules, as a sentence; nil when they can be obeyed.
    package var contradiction: String? {
        guard let longestSpan else { return nil }
        let shortest = unit.seconds + 2 * unit.margin.components.seconds
        guard longestSpan.components.seconds / unit.seconds * unit.seconds < shortest else { return nil }
        return unit.margin == .zero
            ? "a range of at most \(longestSpan.components.seconds) s is shorter than the \(unit.seconds) s of its unit"
            : """
            a range of at most \(longestSpan.components.seconds) s cannot hold a day of an unknown zone with the days before and \
            after it, which are asked for too; \(shortest) s can
            """
    }

    /// Cuts `request` into consecutive windows that touch, obey the rules and together cover what is allowed of it.
    ///
    /// The result is in ascending order. What lies before the horizon is left out, so the first window's start is where the
    /// answer can be complete from. Starts and ends are cut down to whole seconds: the fraction of a second at the end is left to
    /// the next run, whose start is cut down too.
    ///
    /// - Parameters:
    ///   - request: the range that is wanted.
    ///   - now: the time at which the requests will be sent.
    public func windows(covering request: TimeWindow, at now: Timestamp) -> [TimeWindow] {
        let earliest = earliestComplete(at: now) ?? .earliest
        let start = max(request.from.wholeSeconds, earliest)
        let end = request.to.wholeSeconds
        return start < end ? split(TimeWindow(from: start, to: end)) : []
    }

    /// Cuts `window` into consecutive windows that touch, in ascending order, each short enough for one request.
    ///
    /// Asking for the ``bounds(of:)`` of a window stays within ``longestSpan``. Cuts are made where a unit begins, so that windows
    /// overlap no more than the platform's rules make them. The horizon is not looked at: this is for a connector, which is handed
    /// a window that lies inside it. An empty window gives none.
    public func split(_ window: TimeWindow) -> [TimeWindow] {
        guard !window.isEmpty else { return [] }
        guard let longestSpan else { return [window] }
        let allowed = longestSpan.components.seconds / unit.seconds * unit.seconds
        // The margins are asked for too.
        let span = Duration.seconds(max(unit.seconds, allowed - 2 * unit.margin.components.seconds))
        var windows: [TimeWindow] = []
        var from = window.from
        while from < window.to {
            let to = min(unit.floor(from).advanced(by: span), window.to)
            windows.append(TimeWindow(from: from, to: to))
            from = to
        }
        return windows
    }

    /// The ends that a request must name so that its answer holds everything of `window`.
    ///
    /// Both are the beginnings of a ``unit``. What they take in beyond the window is the overlap that the rules make necessary: the
    /// units that the window only touches, the one instant or day of an included end, and a day on either side where the platform
    /// does not say in which zone its days are.
    public func bounds(of window: TimeWindow) -> (first: Timestamp, last: Timestamp) {
        let first = unit.floor(window.from).advanced(by: .zero - unit.margin)
        let end = unit.ceiling(window.to).advanced(by: unit.margin)
        // A day that is included as a whole is the last one that the window touches; an included instant is the end itself.
        let last = includesEnd && unit.isDay ? end.advanced(by: .seconds(-unit.seconds)) : end
        return (first, max(first, last))
    }
}

/// In what the ends of a range are named.
public struct WindowUnit: Sendable, Hashable {
    let seconds: Int64
    let margin: Duration

    var isDay: Bool { seconds > 1 }

    /// Instants, in whole seconds.
    public static let second = WindowUnit(seconds: 1, margin: .zero)
    /// Calendar days in UTC.
    public static let dayInUTC = WindowUnit(seconds: 86_400, margin: .zero)
    /// Calendar days of a zone that the platform does not name: a day more on either side is asked for.
    public static let dayInUnknownZone = WindowUnit(seconds: 86_400, margin: .seconds(86_400))

    func floor(_ time: Timestamp) -> Timestamp {
        let rest = time.seconds % seconds
        return Timestamp(secondsSince1970: time.seconds - (rest < 0 ? rest + seconds : rest))
    }

    func ceiling(_ time: Timestamp) -> Timestamp {
        let floor = floor(time)
        return floor == time ? floor : floor.advanced(by: .seconds(seconds))
    }
}
