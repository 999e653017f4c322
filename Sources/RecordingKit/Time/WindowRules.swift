/// What a platform says about the time ranges that it answers, as data from which safe windows are derived.
public struct WindowRules: Sendable, Hashable {
    /// The longest range that one request may ask for, at least one second; nil when there is no limit.
    public var longestSpan: Duration?
    /// How far back from now a range may begin; nil when there is no limit.
    public var horizon: Duration?
    /// How far inside the horizon the host stays, so that a request is not too old by the time it arrives; default 10 minutes.
    public var horizonMargin: Duration
    /// Whether the platform can be asked for a range at all; false means that it lists everything it has.
    public var isFilteredByTime: Bool

    /// Makes rules for a platform that is asked for ranges that include their start and exclude their end.
    public init(longestSpan: Duration?, horizon: Duration?, horizonMargin: Duration = .seconds(600)) {
        self.longestSpan = longestSpan
        self.horizon = horizon
        self.horizonMargin = horizonMargin
        isFilteredByTime = true
    }

    private init() {
        longestSpan = nil
        horizon = nil
        horizonMargin = .zero
        isFilteredByTime = false
    }

    /// Rules of a platform whose listings cannot be narrowed by time.
    public static var unfiltered: WindowRules { WindowRules() }

    /// The earliest start that a request sent at `now` may name, or nil when any start will do.
    public func earliestStart(at now: Timestamp) -> Timestamp? {
        guard let horizon else { return nil }
        return now.advanced(by: .zero - horizon + horizonMargin).roundedUpToSecond
    }

    /// Cuts `request` into consecutive windows that touch, obey the rules and together cover what is allowed of it.
    ///
    /// The result is in ascending order. What lies before the horizon is left out, so the first window's start is where the
    /// answer can be complete from. Every window is at most `longestSpan` long. Starts and ends are cut down to whole seconds,
    /// which every platform takes: the fraction of a second at the end is left to the next run, whose start is cut down too.
    ///
    /// - Parameters:
    ///   - request: the range that is wanted.
    ///   - now: the time at which the requests will be sent.
    public func windows(covering request: TimeWindow, at now: Timestamp) -> [TimeWindow] {
        let start = max(request.from.wholeSeconds, earliestStart(at: now) ?? .earliest)
        let end = request.to.wholeSeconds
        return start < end ? split(TimeWindow(from: start, to: end)) : []
    }

    /// Cuts `window` into consecutive windows that touch and are at most ``longestSpan`` long, in ascending order.
    ///
    /// The horizon is not looked at: this is for a connector, which is handed a window that lies inside it. An empty
    /// window gives none.
    public func split(_ window: TimeWindow) -> [TimeWindow] {
        guard !window.isEmpty else { return [] }
        guard let longestSpan else { return [window] }
        let span = Duration.seconds(max(1, longestSpan.components.seconds))
        var windows: [TimeWindow] = []
        var from = window.from
        while from < window.to {
            let to = min(from.advanced(by: span), window.to)
            windows.append(TimeWindow(from: from, to: to))
            from = to
        }
        return windows
    }
}
