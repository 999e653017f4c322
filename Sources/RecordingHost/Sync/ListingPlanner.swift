import RecordingKit

/// Decides what of a listing that was found is read in this run: pure.
struct ListingPlanner: Sendable {
    /// Something to be done for a listing.
    enum Step: Sendable {
        /// Reads it from its start.
        case read(Listing)
        /// Goes on where an earlier reading was cut.
        case resume(OpenListing)
        /// An earlier reading that cannot be continued is given up.
        case drop(ListingKey)
    }

    /// What is to be done for a listing.
    struct Plan: Sendable {
        var steps: [Step] = []
        /// Whether nothing has to be read because nothing more is expected.
        var isSettled = false

        /// Whether anything is to be read.
        var reads: Bool {
            steps.contains { step in
                if case .drop = step { false } else { true }
            }
        }
    }

    /// The first run of the pass: what was read since then is not read again.
    let firstRunOfPass: Int64
    /// The kinds of record that are read.
    let kinds: [RecordKind]
    let rules: WindowRules
    let now: Timestamp
    /// The range that the run was narrowed to, wherever the platform's horizon is; everything by default.
    var asked = TimeWindow(from: .earliest, to: .latest)

    /// How old a reading may be that is continued: what its first pages told may have changed since.
    static let longestResumption = Duration.seconds(24 * 3_600)

    /// How often a page may fail that a continued reading begins with, before the listing is read from its start.
    static let resumptionsOfOnePage = 3

    /// - Parameters:
    ///   - listing: what the connector found.
    ///   - state: what is known of its part.
    ///   - claimed: ranges of the part that this run has begun to read already.
    func plan(_ listing: Listing, _ state: PartState, claimed: [TimeWindow]) -> Plan {
        guard let window = listing.window else { return planWhole(listing, state) }
        var plan = Plan()
        var taken = claimed
        for open in state.openListings {
            guard let openWindow = open.name.window, !claimed.contains(openWindow) else { continue }
            guard window.intersection(openWindow) != nil else { continue }
            // One that is wider than what was asked for is left to a run that asks for all of it.
            guard openWindow.from >= asked.from, openWindow.to <= asked.to else { continue }
            guard canResume(open) else {
                plan.steps.append(.drop(open.name))
                continue
            }
            plan.steps.append(.resume(open))
            taken.append(openWindow)
        }
        let missing = kinds.flatMap { kind in
            (state.coverage[kind] ?? Coverage())
                .missing(in: window, freshSince: firstRunOfPass, settlesAfter: rules.settlesAfter)
        }
        for piece in TimeWindow.joined(missing).flatMap({ $0.subtracting(taken) }) {
            plan.steps.append(.read(listing.narrowed(to: piece)))
        }
        return plan
    }

    private func planWhole(_ listing: Listing, _ state: PartState) -> Plan {
        if let completeAt = state.completeAt, kinds.allSatisfy(state.completeKinds.contains) {
            if let settlesAt = listing.settlesAt, state.recordings == 0, completeAt >= settlesAt {
                return Plan(isSettled: true)
            }
            if state.completeRun >= firstRunOfPass { return Plan() }
        }
        guard let open = state.openListings.first else { return Plan(steps: [.read(listing)]) }
        return Plan(steps: canResume(open) ? [.resume(open)] : [.drop(open.name), .read(listing)])
    }

    private func canResume(_ open: OpenListing) -> Bool {
        // Other kinds would be claimed for pages of which they were never taken.
        guard let place = PagePlace(open.place), place.kinds == kinds else { return false }
        guard open.failedResumptions < Self.resumptionsOfOnePage else { return false }
        let age = now.duration(since: open.beganAt)
        return age >= .zero && age <= ListingPlanner.longestResumption
    }
}
