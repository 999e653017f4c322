import RawJSON
import RecordingHost
import RecordingKit

extension ConformanceCheck {
    /// Words that a platform adds do no harm.
    public static let unknownStatusesSurvive = ConformanceCheck(
        "unknown_statuses_survive",
        "A word that the connector does not know becomes \"unknown\", and the platform's own word is kept."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        let words = PlatformWords(bench.baseline)
        guard !words.isEmpty else { return .skipped("No record carries a word of the platform's.") }
        let run = await bench.driver.run(
            Interference(alter: { _, response in
                var response = response
                response.body = words.replaced(in: response.body)
                return response
            })
        )
        var problems = run.readings.compactMap { reading in
            bench.baseline.reading(reading.phase)?.failure != nil
                ? nil
                : reading.failure.map {
                    "With unknown words, \(bench.name(of: reading.phase)) ended with \(problem(of: $0))."
                }
        }
        for (index, listed) in run.recordings.enumerated() where words.hasUnknownStatus(listed.recording) {
            problems += words.problems(of: listed.recording).map { "Recording \(index + 1) \($0)" }
        }
        for (index, event) in run.events.enumerated() where words.hasUnknownAction(event) && event.actions != [.unknown]
        {
            let actions = event.actions.map(\.rawValue).joined(separator: ", ")
            problems.append("Access event \(index + 1) with an unknown word became \(actions).")
        }
        if run.recordings.count < bench.baseline.recordings.count || run.events.count < bench.baseline.events.count {
            problems.append("With unknown words, fewer records are handed over.")
        }
        return .problems(problems)
    }
}

/// The members in which a platform says a recording's status or what was done to it, found by what came out of them.
struct PlatformWords: Sendable {
    /// What stands in place of every word.
    static let unknown = "tapedeck_unknown_word"

    private let statusMembers: Set<String>
    private let actionMembers: Set<String>

    var isEmpty: Bool { statusMembers.isEmpty && actionMembers.isEmpty }

    init(_ run: ConnectorRun) {
        let recordings = run.recordings.map(\.recording)
        statusMembers = Set(
            recordings.flatMap { recording in
                (recording.raw?.members.map { $0 } ?? []).filter { member in
                    guard let text = member.value.string, !text.isEmpty else { return false }
                    return text == recording.rawStatus || member.name == "status"
                }
                .map(\.name)
            }
        )
        // A word of which all events have one, and of which there are few.
        let known = Set(["view", "download", "read", "create", "update", "delete", "destroy", "viewed", "downloaded"])
        actionMembers = Set(
            run.events.flatMap { event in
                (event.raw?.members.map { $0 } ?? []).filter {
                    $0.value.string.map { known.contains($0.lowercased()) } ?? false
                }
                .map(\.name)
            }
        )
    }

    func replaced(in body: [UInt8]) -> [UInt8] {
        let names = statusMembers.union(actionMembers)
        return JSONEditor(replace: { path, value, writer in
            guard let name = path.last, names.contains(name), value.kind == .string, value.string != "" else {
                return false
            }
            writer.string(PlatformWords.unknown)
            return true
        })
        .edit(body)
    }

    func hasUnknownStatus(_ recording: Recording) -> Bool {
        statusMembers.contains { recording.raw?[$0]?.string == PlatformWords.unknown }
    }

    func hasUnknownAction(_ event: AccessEvent) -> Bool {
        actionMembers.contains { event.raw?[$0]?.string == PlatformWords.unknown }
    }

    /// An error that the platform reports may decide before the word does.
    func problems(of recording: Recording) -> [String] {
        var problems: [String] = []
        if recording.status != .unknown, !(recording.status == .failed && recording.error != nil) {
            problems.append("with an unknown word became \(recording.status.rawValue).")
        }
        if recording.rawStatus != PlatformWords.unknown { problems.append("lost the platform's own word.") }
        return problems
    }
}
