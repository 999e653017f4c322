import RecordingHost
import RecordingKit

extension ConformanceCheck {
    /// Keys and ids are the same in every run, and differ from each other.
    public static let idsStableAndUnique = ConformanceCheck(
        "ids_stable_and_unique",
        "Keys and ids are the same in every run, are never empty, and differ from each other."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        let again = bench.again
        var problems = Identities(bench.baseline).problems(bench)
        if Identities(again) != Identities(bench.baseline) { problems.append("A second run gives other keys or ids.") }
        return .problems(problems)
    }

    /// The same answers give the same records.
    public static let sameInputSameOutput = ConformanceCheck(
        "same_input_same_output",
        "The same answers give the same records: no clock, no chance and no earlier call has a part in them."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        let again = bench.again
        var problems: [String] = []
        let (before, after) = (bench.baseline.listings, again.listings)
        for (index, pair) in zip(before, after).enumerated() {
            let names = RecordFields(pair.0).without(["key"]).differences(from: RecordFields(pair.1).without(["key"]))
            if !names.isEmpty {
                problems.append("In a second run, of listing \(index + 1), \(names.joined(separator: ", ")) differs.")
            }
        }
        problems += bench.baseline.readings.compactMap { reading in
            again.reading(reading.phase).flatMap {
                $0.difference(
                    from: reading,
                    name: "In a second run, \(bench.name(of: reading.phase))",
                    ignoring: ["id"]
                )
            }
        }
        return .problems(problems)
    }

    /// A listing can be read from what is remembered of it.
    public static let listingsResume = ConformanceCheck(
        "listings_resume",
        "A listing is read from its key, parameters and range alone, and a recording from its id, context and parameters."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        var remembered = bench.baseline
        remembered.listings = bench.baseline.listings.map { listing in
            listing.failure == nil
                ? Listing(
                    key: listing.key,
                    label: "remembered",
                    window: listing.window,
                    parameters: listing.parameters
                ) : listing
        }
        remembered.chosen = bench.baseline.chosen.map { recording in
            var bare = Recording(id: recording.id)
            bare.context = recording.context
            bare.parameters = recording.parameters
            return bare
        }
        var problems: [String] = []
        for reading in bench.baseline.readings {
            switch reading.phase {
            case .recordings, .accessEvents: break
            case .check, .listings, .media: continue
            }
            let run = await bench.driver.run(reading.phase, of: remembered)
            let name = "When it is resumed, \(bench.name(of: reading.phase))"
            if let difference = run.reading(reading.phase)?.difference(
                from: reading,
                name: name,
                ignoring: bench.unstableFields.union(["id"])
            ) {
                problems.append(difference)
            }
        }
        return .problems(problems)
    }
}

/// What names the parts and the records of one run.
private struct Identities: Equatable {
    private let listings: [String]
    private let recordings: [[String]]
    private let events: [[EventIdentity]]

    init(_ run: ConnectorRun) {
        listings = run.listings.map { "\($0.key)\u{1F}\($0.window.map { "\($0.from) \($0.to)" } ?? "")" }
        recordings = run.readings.map { $0.recordings.map(\.recording.id) }
        events = run.readings.map { $0.events.map(\.identity) }
    }

    func problems(_ bench: ConformanceBench) -> [String] {
        var problems: [String] = []
        if Set(listings).count < listings.count { problems.append("Two listings share a key and a range.") }
        if bench.baseline.listings.contains(where: \.key.isEmpty) { problems.append("A listing has no key.") }
        for (reading, ids) in zip(bench.baseline.readings, recordings) {
            if ids.contains("") { problems.append("A recording of \(bench.name(of: reading.phase)) has no id.") }
            if Set(ids).count < ids.count {
                problems.append("Two records of \(bench.name(of: reading.phase)) share an id.")
            }
        }
        for (reading, ids) in zip(bench.baseline.readings, events) {
            let given = ids.filter { $0 == .platform("") || $0 == .derived([]) }
            if !given.isEmpty { problems.append("An event of \(bench.name(of: reading.phase)) has no id.") }
            let platforms = ids.filter {
                if case .platform = $0 { true } else { false }
            }
            if Set(platforms).count < platforms.count {
                problems.append("Two records of \(bench.name(of: reading.phase)) share an id.")
            }
        }
        return problems
    }
}
