import Foundation
import Testing

/// Each of the checks of a soak, shown what it is there to find.
@Suite("What a soak looks for")
struct SoakCheckTests {
    // MARK: Runs

    @Test("is an end of a run that nothing explains", arguments: RunEnd.all)
    func end(run: RunEnd) {
        let problems = RunRules(turn: run.turn).problems(of: run.result)
        #expect(problems.isEmpty == run.isRight, "\(problems)")
    }

    // MARK: Records

    private static let first = #"{"source":"a","id":"1","title":"x","observed_at":"2026-01-01T00:00:00Z"}"#
    private static let second = #"{"source":"a","id":"1","title":"y","observed_at":"2026-01-02T00:00:00Z"}"#
    private static let again = #"{"source":"a","id":"1","title":"y","observed_at":"2026-01-03T00:00:00Z"}"#

    @Test(
        "is a record that stands there twice, and a line that is torn",
        arguments: [
            ([first, second], "\n", 0), ([first, second, first], "\n", 0), ([first, second, again], "\n", 1),
            ([first, first], "\n", 1), ([first, "{"], "\n", 1), ([first, second], "", 1),
        ]
    )
    func records(lines: [String], end: String, problems: Int) throws {
        try withFolder { folder in
            try Data((lines.joined(separator: "\n") + end).utf8).write(to: folder.appending(path: "recordings.jsonl"))
            #expect(try RecordLines(folder: folder).check().problems.count == problems)
        }
    }

    @Test("is an access that stands there again, even in other words")
    func events() throws {
        try withFolder { folder in
            let lines = ["view", "download"].map {
                #"{"source":"a","recording_id":"1","id":"7","actions":["\#($0)"]}"#
            }
            let file = folder.appending(path: "access_events.jsonl")
            try Data((lines[0] + "\n").utf8).write(to: file)
            #expect(try RecordLines(folder: folder).check() == RecordLines.Finding(records: 1))
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
            #expect(try RecordLines(folder: folder).check().problems.count == 1)
        }
    }

    @Test("is a sink that lacks a record, has one too many, or says something else")
    func agreement() {
        let expected: SinkAgreement.Records = ["a 1": ["title": "x", "size": "1"], "a 2": ["title": "=y"]]
        let agreement = SinkAgreement(expected: expected)
        var actual = expected
        #expect(agreement.problems(of: actual, in: "csv") == [])
        actual["a 2"]?["title"] = "'=y"
        actual["a 1"]?["size"] = nil
        #expect(agreement.problems(of: actual, in: "csv") == [])
        actual["a 1"]?["title"] = "z"
        #expect(agreement.problems(of: actual, in: "csv").count == 2)
        #expect(agreement.problems(of: ["a 1": ["title": "x"]], in: "csv").count == 2)
        #expect(agreement.problems(of: expected.merging(["a 3": [:]]) { $1 }, in: "csv").count == 2)
    }

    // MARK: Outputs

    @Test("is a secret or a person in what anybody may read")
    func leaks() {
        #expect(Leaks.problems(in: "error: 401 from /recordings", of: "log") == [])
        #expect(Leaks.problems(in: "canary-refresh was sent", of: "log").count == 1)
        #expect(Leaks.problems(in: "host john.andersen@example.com", of: "log").count == 2)
    }

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

    // MARK: Decisions

    @Test("comes about in the same way with the same seed")
    func seed() {
        func turns(_ seed: UInt64) -> [String] {
            var dice = SeededGenerator(seed: seed)
            return (1...50).map { number in
                let turn = SoakTurn(number: number, &dice)
                return "\(turn) \(turn.faults) \(turn.changes)"
            }
        }
        #expect(turns(3) == turns(3))
        #expect(turns(3) != turns(4))
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tapedeck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
