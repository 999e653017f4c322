import Foundation
import PlatformSimulator

/// Everything that is decided about one run of the program before it begins.
struct SoakTurn: Sendable, CustomStringConvertible {
    /// What comes from outside while it runs.
    enum Ending: Sendable {
        case undisturbed
        case killed(after: Duration)
        case terminated(after: Duration)
        /// The servers are away for some time.
        case unplugged(after: Duration, length: Duration)
    }

    /// What the configuration says in this turn.
    struct Settings: Sendable {
        var concurrency = 8
        var maxWait = "10s"
        var parallel = 4
        var logLevel = "info"
        var sinks = SoakSite.sinks
    }

    let number: Int
    /// Seconds that pass before it.
    var ahead: Int64 = 0
    var settings = Settings()
    var faults = SoakFaults()
    var faultSeed: UInt64 = 0
    var ending = Ending.undisturbed
    /// What happens to its files.
    var trouble: CrashPoint?
    /// Whether another process holds the database that it writes to.
    var locksDatabase = false
    var changes: [SoakChange] = []
    /// When it is asked to end.
    var patience = Duration.seconds(25)

    /// A turn in which nothing goes wrong and nothing changes.
    init(number: Int) { self.number = number }

    init(number: Int, _ dice: inout SeededGenerator) {
        self.number = number
        ahead = dice.happens(10) ? 0 : Int64(dice.below(6 * 3_600))
        settings = Settings(&dice)
        if dice.below(7) > 0 { faults = .random(&dice) }
        if dice.happens(60) { faults.limitPages(to: dice.number(5...80)) }
        faultSeed = dice.next()
        ending = Ending(&dice)
        trouble = Self.trouble(&dice)
        locksDatabase = dice.happens(8)
        changes = (0..<dice.below(5)).map { _ in SoakChange(&dice) }
        if dice.happens(4) { patience = .seconds(90) }
        // One in twelve meets nothing, so that there is one that has to come to its end by itself.
        if dice.below(12) == 0 { becomeCalm() }
    }

    private mutating func becomeCalm() {
        (faults.requests, faults.media) = ([], [])
        (ending, trouble, locksDatabase, patience) = (.undisturbed, nil, false, .seconds(240))
    }

    /// Whether nothing stands in the way of a complete run.
    var isCalm: Bool {
        guard case .undisturbed = ending else { return false }
        return faults.isEmpty && trouble == nil && !locksDatabase
    }

    /// Whether the process may end by SIGKILL.
    var mayBeKilled: Bool {
        if case .killed = ending { return true }
        return trouble?.mode.ends ?? false
    }

    private static func trouble(_ dice: inout SeededGenerator) -> CrashPoint? {
        switch dice.below(10) {
        case 0...1:
            let mode = dice.pick([CrashPoint.Mode.before, .after, .torn, .power])
            let kept = mode == .power ? dice.pick([0, 50]) : 0
            return CrashPoint(mode: mode, call: dice.number(1...900), keptPerCent: kept)
        case 2...3:
            let mode = dice.pick([CrashPoint.Mode.fail, .fail, .full])
            return CrashPoint(
                mode: mode,
                call: dice.number(1...150),
                times: mode == .fail ? dice.below(4) : 0,
                errorNumber: dice.pick([ENOSPC, EIO, EROFS, EACCES, EDQUOT]),
                files: dice.pick(["", "/out/", "/parts/", "/tapedeck.db", "/media/", "/.spool/", "manifest.jsonl"])
            )
        default: return nil
        }
    }

    var description: String {
        let parts: [String?] = [
            "turn \(number)", "\(ending)", "+\(ahead) s", trouble.map { "files: \($0)" },
            locksDatabase ? "database locked" : nil, isCalm ? "calm" : nil,
            "concurrency \(settings.concurrency)", "sinks \(settings.sinks.map(\.name).joined(separator: " "))",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension SoakTurn.Settings {
    init(_ dice: inout SeededGenerator) {
        concurrency = dice.pick([1, 2, 4, 8, 16])
        maxWait = dice.pick(["1s", "2s", "5s"])
        parallel = dice.pick([1, 2, 4, 8])
        logLevel = dice.pick(["info", "debug", "error"])
        // The first one is what the others are filled from when they were left out.
        sinks = SoakSite.sinks.prefix(1) + SoakSite.sinks.dropFirst().filter { _ in dice.below(4) > 0 }
    }
}

extension SoakTurn.Ending {
    init(_ dice: inout SeededGenerator) {
        func soon(_ dice: inout SeededGenerator) -> Duration {
            .milliseconds(dice.happens(30) ? dice.below(300) : dice.below(6_000))
        }
        switch dice.below(10) {
        case 0...2: self = .killed(after: soon(&dice))
        case 3: self = .terminated(after: soon(&dice))
        case 4: self = .unplugged(after: soon(&dice), length: .milliseconds(dice.number(100...3_000)))
        default: self = .undisturbed
        }
    }
}

extension CrashPoint.Mode {
    /// Whether it ends the process.
    var ends: Bool { [.before, .after, .torn, .power].contains(self) }
}
