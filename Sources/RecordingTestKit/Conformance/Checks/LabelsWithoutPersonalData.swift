import RawJSON
import RecordingHost
import RecordingKit

extension ConformanceCheck {
    /// What people are shown holds nothing personal.
    public static let labelsWithoutPersonalData = ConformanceCheck(
        "labels_without_personal_data",
        "Labels, reasons and endpoints, which are shown and logged, hold no names, titles, e-mails or texts of answers."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        let broken = await bench.driver.run(
            Interference(alter: { _, response in
                var response = response
                response.body = JSONEditor(rename: { _, name in name == "id" || name.hasSuffix("Id") ? "_" + name : name
                })
                .edit(response.body)
                return response
            })
        )
        let personal = PersonalTexts(bench)
        var problems: [String] = []
        for run in [bench.baseline, broken] {
            for (index, listing) in run.listings.enumerated() {
                if listing.label.isEmpty { problems.append("Listing \(index + 1) has no label.") }
                if listing.label.contains("@") || personal.isIn(listing.label) {
                    problems.append("The label of listing \(index + 1) holds personal data.")
                }
                if let failure = listing.failure, personal.isIn(failure.reason) {
                    problems.append("The reason of listing \(index + 1) holds personal data.")
                }
            }
            for reading in run.readings {
                if let failure = reading.failure, personal.isIn("\(failure)") {
                    problems.append("The error of \(bench.name(of: reading.phase)) holds personal data.")
                }
                if let reason = reading.media?.reason, personal.isIn(reason) {
                    problems.append("The reason of \(bench.name(of: reading.phase)) holds personal data.")
                }
            }
            for fetch in run.fetches where fetch.request.endpoint.contains("@") || personal.isIn(fetch.request.endpoint)
            {
                problems.append("The endpoint of a request of \(bench.name(of: fetch.phase)) holds personal data.")
            }
        }
        return .problems(problems.removingRepeats)
    }
}

/// The names, titles and e-mails that one run came upon.
private struct PersonalTexts {
    private let texts: Set<String>

    init(_ bench: ConformanceBench) {
        let recordings = bench.baseline.recordings.map(\.recording)
        var texts = recordings.flatMap { [$0.title, $0.host.name, $0.host.email, $0.error] }
        texts += bench.baseline.events.flatMap { [$0.actor.name, $0.actor.email] }
        texts += bench.subject.settings.values.flatMap(\.texts).filter { $0.contains("@") }
        texts += bench.baseline.listings.flatMap(\.parameters.values).filter { $0.contains("@") }
        // A text of a few letters stands in many others by chance.
        self.texts = Set(texts.compactMap { $0 }.filter { $0.count >= 5 })
    }

    func isIn(_ text: String) -> Bool { texts.contains { text.contains($0) } }
}

extension MediaAvailability {
    /// Why there is no file; nil when there is one.
    var reason: String? {
        switch self {
        case .available: nil
        case .pending(let reason), .forbidden(let reason), .gone(let reason): reason
        }
    }
}

extension [String] {
    /// Each text once, in order.
    var removingRepeats: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
