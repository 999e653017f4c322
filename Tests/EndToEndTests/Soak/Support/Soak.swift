import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

/// Turn after turn of everything that can go wrong at once, and at the end the truth.
struct Soak {
    let site: SoakSite
    let seed: UInt64
    let limit: Limit
    let resident: ResidentProcess
    private var dice: SeededGenerator
    private var totals = SoakTotals()

    /// How long it goes on.
    enum Limit: Sendable {
        case time(Duration)
        case turns(Int)
    }

    /// Something that must not be, with what is needed to see it again.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// No more than this is passed over, so that the oldest recordings stay within what Webex lists.
    private static let longestTime: Int64 = 120 * 86_400
    /// A refusal holds for a week, a file that failed again and again waits for a day.
    private static let lastSteps: [Int64] = [0, 60, 86_400, 8 * 86_400] + Array(repeating: 32 * 86_400, count: 2)

    init(_ site: SoakSite, seed: UInt64, limit: Limit) throws {
        self.site = site
        self.seed = seed
        self.limit = limit
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
        say("SEED=\(seed), \(limit), \(site.program.path), folder \(site.folder.path)")
        let busy = ResidentLoop(resident, site)
        var lastLine = start
        var number = 0
        do {
            while goesOn(since: start, after: number) {
                number += 1
                try await turn(number)
                if let problem = busy.problem { throw failure("the host that stays: \(problem)") }
                if lastLine.duration(to: .now) >= .seconds(60) {
                    lastLine = .now
                    say("\(start.duration(to: .now).components.seconds / 60) min: \(line(busy))")
                }
            }
        } catch {
            resident.cutOff()
            throw error
        }
        let rounds = busy.end()
        try await settle()
        try SoakSabotage.wanted?.apply(to: site.data)
        try await compare()
        try judge(rounds)
        say("all is as it should be after \(start.duration(to: .now)): \(line(busy))")
        for text in totals.summary(site.simulator.statistics) { say(text) }
    }

    private func goesOn(since start: ContinuousClock.Instant, after turns: Int) -> Bool {
        switch limit {
        case .time(let length): start.duration(to: .now) < length
        case .turns(let count): turns < count
        }
    }

    private func line(_ busy: ResidentLoop) -> String {
        totals.line(site.simulator.statistics, ahead: site.clock.ahead) + "; " + busy.line
    }

    private func say(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data("soak: \(text)\n".utf8))
    }

    private func failure(_ what: String, _ turn: SoakTurn? = nil) -> Failure {
        Failure(
            description: "SEED=\(seed), \(turn.map { "\($0)" } ?? "at the end"), folder \(site.folder.path): \(what)"
        )
    }

    // MARK: - One turn

    private mutating func turn(_ number: Int) async throws {
        var own = SeededGenerator(seed: dice.next())
        let turn = SoakTurn(number: number, &own)
        if site.clock.ahead + turn.ahead < Self.longestTime { site.clock.advance(by: turn.ahead) }
        for change in turn.changes { change.apply(to: site.simulator, at: site.clock.now.seconds) }
        site.simulator.setFaults(turn.faults.requests, seed: turn.faultSeed)
        site.simulator.setMediaFaults(turn.faults.media)
        try await perform(turn)
    }

    /// Runs the program once and looks at everything that it leaves.
    @discardableResult
    private mutating func perform(_ turn: SoakTurn) async throws -> WatchedProcess.Result {
        try site.configure(turn.settings)
        let note = "\(turn)\nahead \(site.clock.ahead)\n\(turn.faults)\n\(turn.changes)\n"
        try Data(note.utf8).write(to: site.folder.appending(path: "turn.txt"))
        let result =
            turn.locksDatabase
            ? try await site.withLockedDatabase { try await sync(turn) } : try await sync(turn)
        totals.add(turn, result)
        var problems = RunRules(turn: turn).problems(of: result)
        problems += Leaks.problems(in: result.text, of: "the output")
        let wasCut = result.signal != nil || result.exitCode == 143 || turn.trouble != nil || turn.locksDatabase
        problems += try await ArchiveState(site: site, wasCut: wasCut).problems()
        if !wasCut {
            let finding = try RecordLines(folder: site.data.appending(path: "out")).check()
            totals.records = finding.records
            problems += finding.problems.prefix(5)
        }
        if turn.number % 10 == 0 { problems += try ledgerLeaks() }
        guard problems.isEmpty else { throw failure(problems.joined(separator: "\n"), turn) }
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

    /// The ledger keeps tokens that were renewed, and no other secret and no person.
    private func ledgerLeaks() throws -> [String] {
        let canaries = SoakSite.secrets.filter { !$0.hasSuffix("-") } + SoakSite.people
        return try ["tapedeck.db", "tapedeck.db-wal"].flatMap { name -> [String] in
            let file = site.data.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { return [] }
            return Leaks.problems(in: String(decoding: try Data(contentsOf: file), as: UTF8.self), of: name, canaries)
        }
    }

    // MARK: - The end

    /// Lets both archives come to their end with nothing in the way.
    private mutating func settle() async throws {
        site.simulator.setFaults([])
        site.simulator.setMediaFaults([])
        var number = 1_000_000
        for step in Self.lastSteps {
            site.clock.advance(by: step)
            for _ in 0..<2 {
                number += 1
                var turn = SoakTurn(number: number)
                turn.patience = .seconds(120)
                let result = try await perform(turn)
                let round = try resident.round(site, parallel: 4, limit: .seconds(120))
                guard let round else { throw failure("the host that stays has gone") }
                say("at the end: \(result.exitCode ?? -1), \(round.answer), \(site.clock.ahead / 86_400) days")
                if step == Self.lastSteps.last, result.exitCode != 0 || round.answer != "complete+complete" {
                    throw failure("does not become complete: \(result.text.suffix(800)), \(round.answer)")
                }
            }
        }
        resident.end()
    }

    private mutating func compare() async throws {
        var problems: [String] = []
        for folder in [site.data, resident.folder] {
            let archive = Archive(directory: folder)
            let scenario = Scenario(
                simulator: site.simulator,
                archive: archive,
                clock: .automatic(at: Scenario.start)
            )
            let name = folder.lastPathComponent
            problems += try scenario.differences().map { "\(name): \($0)" }
            let finding = try RecordLines(folder: folder.appending(path: "out")).check()
            problems += finding.problems.prefix(5).map { "\(name): \($0)" }
            let media = try StoredMedia(
                simulator: site.simulator,
                archive: archive,
                folder: folder.appending(path: "media")
            ).check()
            problems += ["\(name): \(media.problems.count) files"].filter { _ in !media.problems.isEmpty }
            problems += media.problems.prefix(5).map { "\(name): \($0)" }
            if folder == site.data {
                (totals.records, totals.mediaFiles, totals.mediaBytes) = (finding.records, media.files, media.bytes)
            }
            let agreement = SinkAgreement(expected: try SinkAgreement.jsonLines(in: folder.appending(path: "out")))
            problems += agreement.problems(
                of: try SinkAgreement.database(folder.appending(path: "out/recordings.db")),
                in: "\(name) sqlite"
            )
            guard folder == site.data else { continue }
            problems += agreement.problems(of: try SinkAgreement.csv(in: folder.appending(path: "out")), in: "csv")
            problems += agreement.problems(
                of: try SinkAgreement.jsonLines(in: folder.appending(path: "parts"), compressedWith: .zstd),
                in: "zstd"
            )
        }
        guard problems.isEmpty else { throw failure(problems.joined(separator: "\n")) }
    }

    /// Whether memory and descriptors have stayed as they were.
    private func judge(_ rounds: [ResidentProcess.Round]) throws {
        let measured: [(String, Flatness, [Int])] = [
            ("memory of the host that stays, KB", Flatness(share: 0.15, allowance: 8_192), rounds.map(\.sample.memory)),
            ("descriptors of the host that stays", Flatness(), rounds.map(\.sample.descriptors)),
            ("memory of the runs, KB", Flatness(share: 0.25, allowance: 8_192), totals.memory),
            ("descriptors of the runs", Flatness(share: 0.25, allowance: 8), totals.descriptors),
        ]
        for (name, flatness, samples) in measured {
            guard let verdict = flatness.verdict(on: samples) else {
                say("\(name): too few samples (\(samples.count))")
                continue
            }
            say("\(name): \(verdict.before) after a tenth, \(verdict.after) at the end, at most \(samples.max() ?? 0)")
            guard verdict.isFlat else { throw failure("\(name) grew from \(verdict.before) to \(verdict.after)") }
        }
    }
}
