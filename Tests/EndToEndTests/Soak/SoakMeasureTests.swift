import Foundation
import Testing

/// What a soak measures, shown what grows, what hangs and what goes.
@Suite("What a soak measures")
struct SoakMeasureTests {
    // MARK: Growth

    @Test(
        "is memory or descriptors that grow",
        arguments: [
            ("a ramp", 0, 10, false), ("as it was", 0, 1_000, true), ("a step at the beginning", 30, 1_000, true),
        ] as [(String, Int, Int, Bool)]
    )
    func growth(name: String, step: Int, slowness: Int, isFlat: Bool) throws {
        var samples = (0..<100).map { 40 + $0 / slowness + $0 % 3 }
        for index in 0..<10 { samples[index] -= step }
        let verdict = try #require(Flatness(allowance: 4).verdict(on: samples))
        #expect(verdict.isFlat == isFlat, "\(name): \(verdict)")
    }

    @Test("is no single peak")
    func peak() throws {
        let samples = Array(repeating: 40, count: 98) + [90, 90]
        #expect(try #require(Flatness().verdict(on: samples)).isFlat)
    }

    @Test("is not judged by a few samples")
    func fewSamples() { #expect(Flatness().verdict(on: [1, 2, 3]) == nil) }

    @Test("is each thing on its own")
    func things() {
        let flat = Growth(
            rounds: Array(repeating: .init(memory: 50_000, peakMemory: 60_000, descriptors: 9), count: 50),
            memory: Array(repeating: 30_000, count: 50),
            descriptors: Array(repeating: 30, count: 50)
        )
        #expect(flat.verdicts().problems == [])
        #expect(flat.verdicts().lines.count == 4)
        let ramps: [(inout Growth, Int) -> Void] = [
            { $0.rounds[$1].memory += $1 * 1_000 }, { $0.rounds[$1].descriptors += $1 },
            { $0.memory[$1] += $1 * 1_000 }, { $0.descriptors[$1] += $1 },
        ]
        for ramp in ramps {
            var growing = flat
            for index in 0..<50 { ramp(&growing, index) }
            #expect(growing.verdicts().problems.count == 1)
        }
    }

    // MARK: The host that stays

    private static func round(_ answer: String) -> ResidentProcess.Round {
        ResidentProcess.Round(answer: answer, sample: .init(memory: 1, peakMemory: 1, descriptors: 1))
    }

    @Test("is a host that stays which has gone, or throws")
    func residentProblems() {
        let hasGone = ResidentLoop(pause: 0) { _ in nil }
        hasGone.end()
        #expect(hasGone.problem == "it has gone")
        let throwing = ResidentLoop(pause: 0) { _ in Self.round("threw up") }
        throwing.end()
        #expect(throwing.problem == "threw up")
        let broken = ResidentLoop(pause: 0) { _ in throw SinkKind.Damage("its pipe is closed") }
        broken.end()
        #expect(broken.problem == "its pipe is closed")
    }

    @Test("is a host that stays whose run does not end")
    func residentHangs() {
        let (mayGoOn, hasBegun) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let loop = ResidentLoop(pause: 0, longest: .zero) { _ in
            hasBegun.signal()
            mayGoOn.wait()
            return Self.round("complete")
        }
        hasBegun.wait()
        #expect(loop.problem == "it does not end when asked to")
        mayGoOn.signal()
        mayGoOn.signal()
        loop.end()
        #expect(loop.problem == nil)
    }

    // MARK: Processes

    #if os(Linux)
    @Test("is what a process has open, and that it is asked to end, then killed")
    func process() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tapedeck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let shell = WatchedProcess(executable: URL(filePath: "/bin/sh"), folder: folder)
        let stubborn = "trap '' TERM; exec 5</dev/null 6</dev/null 7</dev/null; echo here; while :; do :; done"
        let killed = WatchedProcess.Signal(number: SIGKILL, after: .seconds(2))
        let result = try await shell.run(["-c", stubborn], signal: killed, patience: .seconds(60))
        #expect(result.signal == SIGKILL)
        #expect(result.exitCode == nil)
        #expect(result.sent == [SIGKILL])
        #expect(result.standardOutput == "here\n")
        #expect(result.peakDescriptors >= 6)
        #expect(result.peakMemory > 100)
        let asked = try await shell.run(["-c", "while :; do :; done"], patience: .milliseconds(100))
        #expect(asked.signal == SIGTERM)
        #expect(asked.sent == [SIGTERM])
        let quick = try await shell.run(["-c", "echo no >&2; exit 3"])
        #expect(quick.exitCode == 3)
        #expect(quick.standardError == "no\n")
        #expect(quick.sent == [])
    }
    #endif
}
