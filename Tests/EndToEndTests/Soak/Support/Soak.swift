import Foundation
import PlatformSimulator
import RecordingKit

/// Turn after turn of everything that can go wrong at once, and at the end the truth.
struct Soak {
    let site: SoakSite
    let seed: UInt64
    /// How long it goes on, before everything is let come to its end.
    let length: Duration
    let resident: ResidentProcess
    private var dice: SeededGenerator
    private var totals = SoakTotals()

    /// Something that must not be.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// No more than this is passed over, so that the oldest recordings stay within what Webex lists.
    private static let longestTime: Int64 = 120 * 86_400
    /// A refusal holds for a week, a file that failed again and again waits for a day.
    private static let lastSteps: [Int64] = [0, 60, 86_400, 8 * 86_400] + Array(repeating: 32 * 86_400, count: 2)

    init(_ site: SoakSite, seed: UInt64, length: Duration) throws {
        self.site = site
        self.seed = seed
        self.length = length
        dice = SeededGenerator(seed: seed)
        resident = try ResidentProcess(
            folder: site.folder.appending(path: "resident"),
            log: site.folder.appending(path: "resident.log")
        )
    }

    /// Runs everything and leaves the folder.
    ///
    /// - Throws: `Failure` at the first thing that must not be.
    mutating func run() async throws {
        let start = ContinuousClock.now
        say("seed \(seed), works below \(site.folder.path)")
        let busy = ResidentLoop { [resident, site] number in
            try resident.round(site, parallel: 1 + number % 8, limit: .seconds(4 + number % 4 * 6))
        }
        var lastLine = start
        var number = 0
        do {
            while start.duration(to: .now) < length {
                number += 1
                try await turn(number)
                if let problem = busy.problem { throw Failure(description: "the host that stays: \(problem)") }
                if lastLine.duration(to: .now) >= .seconds(30) {
                    lastLine = .now
                    say("\(minutes(since: start)): \(line(busy))")
                }
            }
            totals.growth.rounds = busy.end().map(\.sample)
            say("\(minutes(since: start)): nothing fails any more, both archives come to their end")
            try await settle()
            try compare()
        } catch {
            resident.cutOff()
            sayTotals()
            throw error
        }
        sayTotals()
        let problems = totals.growth.verdicts().problems
        guard problems.isEmpty else { throw Failure(description: problems.joined(separator: "\n")) }
        if let sabotage = SoakSabotage.wanted { throw Failure(description: "\(sabotage) was not noticed") }
        say("all is as it should be after \(minutes(since: start)), seed \(seed)")
    }

    private func minutes(since start: ContinuousClock.Instant) -> String {
        let seconds = start.duration(to: .now).components.seconds
        return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }

    private func line(_ busy: ResidentLoop) -> String {
        totals.line(site.simulator.statistics, ahead: site.clock.ahead) + "; " + busy.line
    }

    private func sayTotals() {
        for text in totals.summary(site.simulator.statistics) + totals.growth.verdicts().lines { say(text) }
    }

    func say(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data("soak: \(text)\n".utf8))
    }

    // MARK: - One turn

    private mutating func turn(_ number: Int) async throws {
        var own = SeededGenerator(seed: dice.next())
        let turn = SoakTurn(number: number, &own)
        if site.clock.ahead + turn.ahead < Self.longestTime { site.clock.advance(by: turn.ahead) }
        for change in turn.changes { change.apply(to: site.simulator, at: site.clock.now.seconds) }
        site.simulator.setFaults(turn.faults.all, seed: turn.faultSeed)
        site.simulator.setMediaFaults(turn.faults.media)
        try await perform(turn)
    }

    /// Runs the program once and looks at everything that it leaves.
    @discardableResult
    private mutating func perform(_ turn: SoakTurn) async throws -> WatchedProcess.Result {
        if turn.isCalm { site.waitForScans() }
        try site.configure(turn.settings)
        let note = "\(turn)\nahead \(site.clock.ahead)\n\(turn.faults)\n\(turn.changes)\n"
        try Data(note.utf8).write(to: site.folder.appending(path: "turn.txt"))
        let result =
            turn.locksDatabase
            ? try await site.withLockedDatabase { try await sync(turn) } : try await sync(turn)
        totals.add(turn, result)
        try Data(result.text.utf8).write(to: site.folder.appending(path: "run.txt"))
        var problems = RunRules(turn: turn).problems(of: result)
        problems += Leaks.problems(in: result.text, of: "the output")
        let wasCut = result.signal != nil || result.exitCode == 143 || turn.trouble != nil || turn.locksDatabase
        if !wasCut { try SoakSabotage.wanted?.apply(to: site.data, afterTurn: turn.number) }
        problems += try await ArchiveState(site: site, wasCut: wasCut).problems()
        if !wasCut {
            let finding = try RecordLines(folder: site.data.appending(path: "out")).check()
            totals.records = finding.records
            problems += finding.problems.prefix(5)
        }
        problems += try Leaks.problems(inLedgerOf: site.data)
        guard problems.isEmpty else {
            throw Failure(description: "\(turn):\n\(problems.joined(separator: "\n"))")
        }
        return result
    }

    private func sync(_ turn: SoakTurn) async throws -> WatchedProcess.Result {
        let arguments = ["sync", "--json", "--log-level", turn.settings.logLevel, "--config", "tapedeck.json5"]
        var signal: WatchedProcess.Signal?
        switch turn.ending {
        case .killed(let delay): signal = WatchedProcess.Signal(number: SIGKILL, after: delay)
        case .terminated(let delay): signal = WatchedProcess.Signal(number: SIGTERM, after: delay)
        case .unplugged(let delay, let length):
            let away = Task { [site] in
                try await Task.sleep(for: delay)
                site.unplug()
                try await Task.sleep(for: length)
                try await site.plugIn()
            }
            let result = try await site.run(arguments, trouble: turn.trouble, patience: turn.patience)
            try await away.value
            return result
        case .undisturbed: break
        }
        return try await site.run(arguments, trouble: turn.trouble, signal: signal, patience: turn.patience)
    }

    // MARK: - The end

    /// Lets both archives come to their end with nothing in the way.
    private mutating func settle() async throws {
        site.simulator.setFaults(SoakSabotage.wanted?.lastFaults ?? [])
        site.simulator.setMediaFaults([])
        var number = 1_000_000
        for step in Self.lastSteps {
            site.clock.advance(by: step)
            for _ in 0..<2 {
                number += 1
                var turn = SoakTurn(number: number)
                turn.patience = .seconds(240)
                let result = try await perform(turn)
                let round = try resident.round(site, parallel: 4, limit: .seconds(120))
                guard let round else { throw Failure(description: "the host that stays has gone") }
                say("at the end: \(result.exitCode ?? -1), \(round.answer), \(site.clock.ahead / 86_400) days")
                if step == Self.lastSteps.last, result.exitCode != 0 || round.answer != "complete+complete" {
                    throw Failure(
                        description: "does not become complete: \(result.text.suffix(800)), \(round.answer)"
                    )
                }
            }
        }
        resident.end()
    }

    /// Holds both archives against what the platforms have, and sees that it would notice what is wrong.
    private mutating func compare() throws {
        var problems: [String] = []
        for folder in [site.data, resident.folder] {
            let comparison = SoakComparison(
                simulator: site.simulator,
                folder: folder,
                hasAllSinks: folder == site.data
            )
            let finding = try comparison.check()
            problems += finding.problems
            if folder == site.data { totals.records = finding.lines }
            totals.add(finding)
            guard finding.problems.isEmpty else { continue }
            let (count, unnoticed) = try comparison.unnoticedWrongs()
            problems += unnoticed
            totals.wrongsNoticed += count - unnoticed.count
        }
        guard problems.isEmpty else { throw Failure(description: problems.joined(separator: "\n")) }
    }
}
