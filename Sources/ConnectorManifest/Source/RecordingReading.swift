import RawJSON
import RecordingKit

/// Reads one listing; used by one task.
struct RecordingReading {
    private let source: ManifestSource
    private let listing: Listing
    private let api: APIClient
    private var mapping: RecordingMapping
    /// What is wrong with answers beside the rows.
    private var faults = FaultTally()
    /// The first failure of a request for counters that says nothing about its recording: the host judges it by its code.
    private var outage: TapedeckError?
    private var isClamped = false
    private var holdsTooMany = false

    private var plan: RecordingsPlan { source.plan.recordings }

    init(_ source: ManifestSource, listing: Listing, api: APIClient) {
        self.source = source
        self.listing = listing
        self.api = api
        mapping = RecordingMapping(source.plan.recordings)
    }

    /// Hands over everything page by page; what is wrong with it ends the reading after that.
    mutating func read(yield: ([ListedRecording]) async throws -> Void) async throws {
        var names = source.names
        for parameter in listing.parameters.sorted(by: { $0.key < $1.key }) {
            names.bind(parameter.key, .text(parameter.value))
        }
        try await read(listing.window, names, yield)
        faults.add(mapping.faults)
        if let failure = faults.failure(platform: source.plan.platform) {
            throw outage.map { $0.telling(of: failure) } ?? failure
        }
        if isClamped {
            throw TapedeckError(
                .windowClamped,
                "\(source.plan.platform) answered for a shorter range than was asked for; declare shorter windows."
            )
        }
        if holdsTooMany {
            throw TapedeckError(
                .pagingLimit,
                "The shortest range holds more recordings than \(source.plan.platform) lists at once."
            )
        }
    }

    private mutating func read(
        _ window: TimeWindow?,
        _ names: NameScope,
        _ yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        var bound = names
        if let window { bound.bind(window, source.plan.windowRules) }
        var pages = try RowPages(plan.rows, bound, api: api)
        var isFirst = true
        while let page = try await pages.next() {
            if isFirst, holdsTooMany(page) {
                if let window, let halves = halves(of: window) {
                    for half in halves { try await read(half, names, yield) }
                    return
                }
                holdsTooMany = true
            }
            if isFirst, let window { noteEcho(page, window, bound) }
            isFirst = false
            let recordings = try await summarized(try mapping.recordings(in: page, bound))
            if isClamped || holdsTooMany || !faults.isEmpty || !mapping.faults.isEmpty { await api.holdPlace() }
            try await yield(recordings)
        }
    }

    /// Whether the answer says that it holds more than the platform lists; one that gives no number is counted.
    private mutating func holdsTooMany(_ page: RowPage) -> Bool {
        guard let split = plan.splitAbove else { return false }
        let text = page.answer.value(at: split.total)?.scalarText
        guard let total = text.flatMap({ DecimalNumber($0)?.integer }) else {
            faults.addUnusable("answer(s) that do not say how much there is")
            return false
        }
        return total > split.limit
    }

    /// Two windows that touch, cut where a unit begins; nil when the window cannot be cut.
    private func halves(of window: TimeWindow) -> [TimeWindow]? {
        var cut = Timestamp(secondsSince1970: window.from.seconds + (window.to.seconds - window.from.seconds) / 2)
        if source.plan.windowRules.unit != .second { cut = Timestamp(cut.day) ?? cut }
        guard cut > window.from, cut < window.to else { return nil }
        return [TimeWindow(from: window.from, to: cut), TimeWindow(from: cut, to: window.to)]
    }

    /// Notes when the answer says that it covers less than the window, or does not say what it covers.
    private mutating func noteEcho(_ page: RowPage, _ window: TimeWindow, _ names: NameScope) {
        guard let echo = plan.echo else { return }
        let rules = source.plan.windowRules
        var reader = RowReader(page.answer, names)
        let from = reader.time(echo.from, "echo.from")
        var to = reader.time(echo.to, "echo.to")
        let isSilent = echo.from != nil && from == nil || echo.to != nil && to == nil
        if isSilent, reader.tally.isEmpty { faults.addUnusable("answer(s) that do not say what they cover") }
        faults.add(reader.tally)
        // A day that is included as a whole ends when the next begins.
        if rules.includesEnd, rules.unit != .second { to = to?.advanced(by: .seconds(86_400)) }
        if from.map({ $0 > window.from.wholeSeconds }) ?? false { isClamped = true }
        if to.map({ $0 < window.to.wholeSeconds }) ?? false { isClamped = true }
    }

    /// The recordings with their counters, where those take a request.
    ///
    /// Counters that cannot be had keep no recording from being handed over: they are counted as missing.
    private mutating func summarized(_ recordings: [ListedRecording]) async throws -> [ListedRecording] {
        guard let summary = plan.accessSummary, let rows = summary.rows else { return recordings }
        var summarized: [ListedRecording] = []
        for var listed in recordings {
            let names = source.names(about: listed.recording)
            var counts: (views: Int64?, downloads: Int64?)
            do {
                counts = try await SummaryReading(summary, rows).read(names, api: api, &faults)
            } catch let error as TapedeckError where ErrorCodes.ofOnePart.contains(error.code) {
                faults.addUnusable("recording(s) whose counters could not be had (\(error.code.rawValue))")
                if outage == nil, ErrorCodes.ofOutages.contains(error.code) { outage = error }
                counts = (views: nil, downloads: nil)
            }
            if counts.views != nil || counts.downloads != nil {
                listed.summary = AccessSummary(
                    recordingID: listed.recording.id,
                    views: counts.views,
                    downloads: counts.downloads
                )
            }
            summarized.append(listed)
        }
        return summarized
    }
}

extension TapedeckError {
    /// The same failure, whose reason says what came of it.
    fileprivate func telling(of outcome: TapedeckError) -> TapedeckError {
        var failure = TapedeckError(code, "\(reason) \(outcome.reason)")
        failure.endpoint = endpoint
        failure.status = status
        failure.requestID = requestID
        failure.retryAt = retryAt
        failure.attempts = attempts
        return failure
    }
}
