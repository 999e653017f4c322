import RecordingKit
import Synchronization

/// Collects what is wrong with the lines of one sink.
///
/// Safe to use from any task.
final class RepairFindings: Sendable {
    private struct State {
        var damaged: [RepairReport.LineFinding] = []
        var repeated: [RepairReport.LineFinding] = []
        var damagedCount = 0
        var repeatedCount = 0
        var records = 0
        var places: [SinkLine] = []
    }

    /// How many lines one repair sets aside: more are a file of something else.
    private static let maximumPlaces = 100_000

    private let sink: String
    private let state = Mutex(State())

    init(sink: String) { self.sink = sink }

    /// Notes lines, with whether each of the records among them repeats what was known.
    func note(_ lines: [ExaminedLine], areRepeats: [Bool]) {
        state.withLock { state in
            var repeats = areRepeats[...]
            for line in lines {
                switch line.content {
                case .damage(let problem):
                    state.damagedCount += 1
                    Self.keep(line.place, problem, sink, &state.damaged, &state.places)
                case .record:
                    state.records += 1
                    guard repeats.popFirst() == true else { continue }
                    state.repeatedCount += 1
                    Self.keep(line.place, "repeats a line before it", sink, &state.repeated, &state.places)
                }
            }
        }
    }

    /// Adds everything to the report.
    ///
    /// - Returns: the places of all lines that were noted.
    func add(to report: inout RepairReport) -> [SinkLine] {
        let state = state.withLock { $0 }
        report.damagedLines = state.damaged
        report.damagedLineCount = state.damagedCount
        report.repeatedLines = state.repeated
        report.repeatedLineCount = state.repeatedCount
        report.recordsRead = state.records
        return state.places
    }

    private static func keep(
        _ place: SinkLine,
        _ problem: String,
        _ sink: String,
        _ findings: inout [RepairReport.LineFinding],
        _ places: inout [SinkLine]
    ) {
        if places.count < maximumPlaces { places.append(place) }
        if findings.count < RepairReport.maximumLines {
            findings.append(RepairReport.LineFinding(sink: sink, place: place, problem: problem))
        }
    }
}

extension RepairReport {
    /// Forgets what was found in lines, before they are looked at again.
    mutating func forgetLines() {
        damagedLines = []
        damagedLineCount = 0
        repeatedLines = []
        repeatedLineCount = 0
    }
}
