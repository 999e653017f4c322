import RecordingKit

/// Makes a ledger anew from the files of the sinks, or takes back what is wrong in it, and loses nothing that only it knows.
///
/// Whatever is replaced is kept under another name. Memory does not grow with the archive. A process that is killed leaves a
/// ledger that can be used, or one that the next repair repairs.
public struct LedgerRepair: Sendable {
    private let ledger: any RepairableLedger
    private let sinks: [any Sink]
    private let now: Timestamp

    /// How far a clock may be ahead before what it left behind counts as wrong.
    private static let toleratedClockStep = Duration.seconds(300)

    /// Puts a repair together; nothing is touched.
    ///
    /// - Parameters:
    ///   - ledger: the place of the ledger; left open.
    ///   - sinks: the sinks as they are configured; none is open.
    ///   - clock: tells what the future is.
    public init(ledger: any RepairableLedger, sinks: [any Sink], clock: any HostClock = SystemClock()) {
        self.ledger = ledger
        self.sinks = sinks
        now = clock.now
    }

    /// Repairs.
    ///
    /// - Throws: `TapedeckError`: `ledger_failed` when the ledger is of a newer program or cannot be written, `sink_failed` when a
    ///   sink's files cannot be read, `configuration_invalid` when no sink can give records back and the request does not allow
    ///   to start over; `CancellationError`. The old ledger is in its place then.
    public func perform(_ request: RepairRequest = RepairRequest()) async throws -> RepairReport {
        var report = RepairReport()
        report.condition = try await ledger.examine()
        let old = try await ledger.oldSinkStates()
        try await compareSinks(with: old, &report)
        if report.condition == .missing, try await isUnused() { return report }
        let giver = try await giver(old, report)
        report.giver = giver?.id
        report.losses = try await ledger.begin()
        try refuseWithoutGiver(giver, request, report)
        if let giver {
            let damage = try await read(giver, old, &report)
            if request.setsAside, !request.isDryRun, !damage.isEmpty {
                report.filesMade += try await giver.setAside(damage, suffix: suffix("set-aside"))
                report.forgetLines()
                report.mismatches[giver.id] = report.mismatches[giver.id] ?? "lines were set aside"
                report.losses = try await ledger.begin()
                _ = try await read(giver, old, &report)
            }
            report.comparison = try await ledger.comparison()
        }
        report.futureClaims = try await ledger.futureClaims(at: now.advanced(by: Self.toleratedClockStep))
        report.isHealthy =
            report.condition == .sound && report.futureClaims.isEmpty && report.mismatches.isEmpty
            && report.comparison.isEmpty && report.damagedLineCount == 0 && report.repeatedLineCount == 0
        let mustReplace =
            report.condition != .sound || !report.futureClaims.isEmpty || !report.mismatches.isEmpty
            || !report.comparison.isEmpty
        guard mustReplace else { return report }
        try await replace(old, giver, request, &report)
        return report
    }

    // MARK: - Looking

    private func compareSinks(with old: [String: SinkState], _ report: inout RepairReport) async throws {
        guard report.condition == .sound else { return }
        for case let sink as any InspectableSink in sinks {
            guard let state = old[sink.id] else { continue }
            var position = state.position
            position.isBeforeFilling = state.lacksSince != nil
            report.mismatches[sink.id] = try await sink.mismatch(with: position)
        }
    }

    /// Whether nothing was ever written, as before the first run.
    private func isUnused() async throws -> Bool {
        for sink in sinks {
            guard let sink = sink as? any RepairableSink else { return false }
            if try await sink.survey().offsets.values.contains(where: { $0 > 0 }) { return false }
        }
        return !sinks.isEmpty
    }

    /// The sink that the new ledger is made from: the first that holds something.
    ///
    /// While the old ledger is sound, it must be one that lacks nothing of what that knows.
    private func giver(_ old: [String: SinkState], _ report: RepairReport) async throws -> (any RepairableSink)? {
        let able = sinks.compactMap { $0 as? any RepairableSink }.filter { sink in
            guard report.condition == .sound else { return true }
            return old[sink.id].map { $0.lacksSince == nil } ?? false
        }
        for sink in able where try await sink.survey().offsets.values.contains(where: { $0 > 0 }) { return sink }
        return able.first
    }

    private func refuseWithoutGiver(
        _ giver: (any RepairableSink)?,
        _ request: RepairRequest,
        _ report: RepairReport
    ) throws {
        guard giver == nil, report.condition != .sound || !report.mismatches.isEmpty else { return }
        guard !request.startsOver else { return }
        throw TapedeckError(
            .configurationInvalid,
            """
            None of the sinks in the configuration can give its records back, so the ledger cannot be made from them: configure a \
            "jsonl" sink that has them, or run "tapedeck repair --start-over", which keeps \
            tokens and audit reads, moves what the sinks have written aside and reads everything anew.
            """
        )
    }

    /// Reads a sink's files into the new ledger.
    ///
    /// - Returns: the lines that can be set aside.
    private func read(
        _ giver: any RepairableSink,
        _ old: [String: SinkState],
        _ report: inout RepairReport
    ) async throws -> [SinkLine] {
        let findings = RepairFindings(sink: giver.id)
        // Behind a position that the ledger and the files agree in lies only what a killed run has left.
        let end = report.mismatches[giver.id] == nil ? old[giver.id]?.position : nil
        try await giver.examine(through: end) { [ledger] lines in
            try Task.checkCancellation()
            let records = lines.compactMap { line -> ExaminedRecord? in
                if case .record(let record) = line.content { return record }
                return nil
            }
            findings.note(lines, areRepeats: try await ledger.take(records))
        }
        return findings.add(to: &report)
    }

    // MARK: - Replacing

    private func replace(
        _ old: [String: SinkState],
        _ giver: (any RepairableSink)?,
        _ request: RepairRequest,
        _ report: inout RepairReport
    ) async throws {
        let isSame = report.condition == .sound && report.comparison.isEmpty
        var states = report.condition == .sound ? old : [:]
        for sink in sinks {
            if let giver, sink.id == giver.id {
                if report.condition != .sound || report.mismatches[sink.id] != nil || old[sink.id] == nil {
                    states[sink.id] = SinkState(position: try await giver.survey())
                } else {
                    states[sink.id]?.lacksSince = nil
                }
            } else if isSame, report.mismatches[sink.id] == nil {
                continue
            } else {
                states[sink.id] = try await beginAnew(sink, lacksAll: giver != nil, request, &report)
            }
        }
        guard !request.isDryRun else { return }
        let changed = Set(report.comparison.lost.keys).union(report.comparison.different.keys)
        let plan = LedgerReplacement(
            sinks: states,
            keepsCoverage: report.condition == .sound && (giver != nil || report.mismatches.isEmpty),
            forgottenSources: changed,
            forgetsFrom: report.futureClaims.isEmpty ? nil : now
        )
        report.filesMade += try await ledger.replace(with: plan, suffix: "." + suffix("before-repair"))
        report.hasReplaced = true
    }

    /// Lets the next run fill a sink from the giver.
    ///
    /// - Returns: what the ledger notes of it; nil when the ledger is to know nothing of it, so that what it holds is a stranger's.
    private func beginAnew(
        _ sink: any Sink,
        lacksAll: Bool,
        _ request: RepairRequest,
        _ report: inout RepairReport
    ) async throws -> SinkState? {
        guard let sink = sink as? any InspectableSink else { return nil }
        report.refilled.append(sink.id)
        let staysInPlace: Bool
        if sink.takesRepeats, lacksAll {
            staysInPlace = try await sink.mismatch(with: SinkPosition()) == nil
        } else {
            staysInPlace = false
        }
        if !staysInPlace, !request.isDryRun {
            report.filesMade += try await sink.moveAside(suffix: suffix("before-repair"))
        }
        return SinkState(position: SinkPosition(), lacksSince: lacksAll ? [:] : nil)
    }

    /// How the names of files end that this repair makes: what they are and when, such as `set-aside-20260301T100000Z`.
    private func suffix(_ word: String) -> String {
        "\(word)-" + now.wholeSeconds.description.filter { $0 != "-" && $0 != ":" }
    }
}
