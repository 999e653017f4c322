import RawJSON
import RecordingKit

/// Goes through the steps of one discovery; used by one task.
struct ListingFinder {
    private struct Identity: Hashable {
        let key: String
        let window: TimeWindow?
    }

    private let source: ManifestSource
    private let api: APIClient
    /// What has been found, each with what its recordings depend on.
    private var found: [Identity: [String: String]] = [:]
    private var faults = FaultTally()
    /// The numbers of values that are not shown, by name.
    private var numbers: [String: [String: Int]] = [:]

    private var plan: ListingPlan { source.listing }

    init(_ source: ManifestSource, api: APIClient) {
        self.source = source
        self.api = api
    }

    /// Hands over every part, window by window where the manifest says so, the oldest first where that costs no more requests.
    mutating func find(in window: TimeWindow, yield: (Listing) async throws -> Void) async throws {
        var start = window.from
        if let wanted = source.plan.startSetting.flatMap({ source.settings.timestamp($0) }) {
            start = max(start, wanted)
        }
        let rules = source.plan.windowRules
        let span = TimeWindow(from: start.wholeSeconds, to: window.to)
        let pieces: [TimeWindow?] = rules.isFilteredByTime ? rules.split(span) : [nil]
        let branch = ListingBranch(names: source.names)
        if plan.stepsUseWindow || plan.isByWindow && !plan.asks {
            for piece in pieces {
                var branch = branch
                if let piece { branch.names.bind(piece, rules) }
                try await descend(branch, into: plan.isByWindow ? [piece] : [nil], yield: yield)
            }
        } else {
            try await descend(branch, into: plan.isByWindow ? pieces : [nil], yield: yield)
        }
        try faults.require(platform: source.plan.platform)
    }

    private mutating func descend(
        _ branch: ListingBranch,
        into pieces: [TimeWindow?],
        yield: (Listing) async throws -> Void
    ) async throws {
        guard branch.depth < plan.steps.count else { return try await finish(branch, pieces, yield) }
        let step = plan.steps[branch.depth]
        switch step.origin {
        case .rows(let rows): try await follow(rows, branch, pieces, yield)
        case .setting(let name):
            for element in source.settings.elements(name) {
                faults.add(try await enter(try JSONValue(element), branch, pieces, yield))
            }
        case .values(let values):
            for value in values { faults.add(try await enter(try JSONValue(value), branch, pieces, yield)) }
        }
    }

    /// Goes through the rows of a request; a branch whose rows cannot be had is handed over as an unreadable part.
    private mutating func follow(
        _ rows: RowsPlan,
        _ branch: ListingBranch,
        _ pieces: [TimeWindow?],
        _ yield: (Listing) async throws -> Void
    ) async throws {
        var pages = try RowPages(rows, branch.names, api: api)
        var unusable = FaultTally()
        while true {
            let page: RowPage?
            do {
                page = try await pages.next()
            } catch let error as TapedeckError where branch.depth > 0 && ErrorCodes.ofOnePart.contains(error.code) {
                return try await yield(unreadable(branch, because: error))
            }
            guard let page else { break }
            for row in rows.rows(of: page, &unusable)
            where rows.condition?.holds(row: row, names: branch.names) ?? true {
                unusable.add(try await enter(row, branch, pieces, yield))
            }
        }
        if branch.depth == 0 {
            faults.add(unusable)
        } else if let failure = unusable.failure(platform: source.plan.platform) {
            try await yield(unreadable(branch, because: failure))
        }
    }

    /// Goes into one row, and returns what is wrong with the row itself.
    private mutating func enter(
        _ row: JSONValue,
        _ branch: ListingBranch,
        _ pieces: [TimeWindow?],
        _ yield: (Listing) async throws -> Void
    ) async throws -> FaultTally {
        var unusable = FaultTally()
        let step = plan.steps[branch.depth]
        guard step.condition?.holds(row: row, names: branch.names) ?? true else { return unusable }
        var inner = branch.entering(row)
        for binding in step.bind {
            let result = binding.value.evaluate(row: row, names: branch.names)
            if case .failed = result { unusable.addFailedValue(of: "\"\(binding.name)\"") }
            if let text = result.text {
                inner.bind(binding.name, text, shown: shown(text, of: binding, in: step))
            } else if plan.needed.contains(binding.name) {
                unusable.addUnusable("row(s) without what the manifest calls \"\(binding.name)\"")
                return unusable
            }
        }
        try await descend(inner, into: pieces, yield: yield)
        return unusable
    }

    private mutating func finish(
        _ branch: ListingBranch,
        _ pieces: [TimeWindow?],
        _ yield: (Listing) async throws -> Void
    ) async throws {
        var reader = RowReader(branch.row, branch.names)
        let settlesAt = reader.time(plan.settlesAt, "settlesAt")
        faults.add(reader.tally)
        let key = plan.key?.evaluate(names: branch.names).text ?? branch.key
        let telling = source.plan.recordings.tellingNames
        let parameters = branch.parameters.filter { telling.contains($0.key) }
        for window in pieces {
            let identity = Identity(key: key, window: window)
            if let known = found.updateValue(parameters, forKey: identity) {
                if known != parameters { faults.addUnusable("part(s) whose key is that of another") }
                continue
            }
            try await yield(
                Listing(
                    key: key,
                    label: label(branch),
                    window: window,
                    parameters: branch.parameters,
                    settlesAt: settlesAt
                )
            )
        }
    }

    /// What people are shown; a number in place of anything that looks like an e-mail.
    private func label(_ branch: ListingBranch) -> String {
        let text = plan.label?.evaluate(names: branch.names).text ?? branch.label
        return LabelGuard.showsEmail(text) ? "listing \(found.count)" : text
    }

    /// What people see of a value: itself where it is an id, else a number.
    private mutating func shown(_ value: String, of binding: Binding, in step: StepPlan) -> String {
        if step.isFixed || binding.isID { return value }
        let number = numbers[binding.name]?[value] ?? (numbers[binding.name]?.count ?? 0) + 1
        numbers[binding.name, default: [:]][value] = number
        return "no. \(number)"
    }

    private func unreadable(_ branch: ListingBranch, because error: TapedeckError) -> Listing {
        let within = LabelGuard.showsEmail(branch.label) ? "a branch of step \(branch.depth)" : branch.label
        return .unreadable(
            key: "\(branch.key)/step \(branch.depth + 1)",
            label: "what is in \(within)",
            because: error
        )
    }
}
