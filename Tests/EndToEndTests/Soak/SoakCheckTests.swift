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

    @Test(
        "is an access that stands there again, even in other words, but for whose it was",
        arguments: [
            (#""actions":["view"],"self_induced":null"#, #""actions":["view"],"self_induced":true"#, 0),
            (#""actions":["view"],"self_induced":true"#, #""actions":["view"],"self_induced":true"#, 1),
            (#""actions":["view"],"self_induced":true"#, #""actions":["download"],"self_induced":true"#, 1),
        ]
    )
    func events(first: String, second: String, problems: Int) throws {
        try withFolder { folder in
            let lines = [first, second].map { #"{"source":"a","recording_id":"1","id":"7",\#($0)}"# }
            let file = folder.appending(path: "access_events.jsonl")
            try Data((lines[0] + "\n").utf8).write(to: file)
            #expect(try RecordLines(folder: folder).check() == RecordLines.Finding(records: 1))
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
            #expect(try RecordLines(folder: folder).check().problems.count == problems)
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

    // MARK: The archive between two runs

    private static let clean =
        #"{"finding_counts":{"missing":0,"changed":0,"unreadable":0,"remaining":0,"extra":0},"chain_problem_count":0}"#

    @Test(
        "is a file that verify finds missing or changed",
        arguments: [
            (clean, 0, true, true), (clean.replacing(#""missing":0"#, with: #""missing":1"#), 1, false, false),
            (clean.replacing(#""changed":0"#, with: #""changed":1"#), 1, false, false),
            (clean.replacing(#""unreadable":0"#, with: #""unreadable":1"#), 1, false, false),
            (clean.replacing(#""extra":0"#, with: #""extra":1"#), 1, false, true),
            (clean.replacing(#""remaining":0"#, with: #""remaining":1"#), 1, false, true),
            (clean.replacing(#"count":0"#, with: #"count":1"#), 1, false, true),
            (clean.replacing(#"count":0"#, with: #"count":2"#), 1, false, false), ("{}", 0, false, false),
            ("", 0, false, false), (clean, 74, false, false),
        ] as [(String, Int32, Bool, Bool)]
    )
    func verify(output: String, code: Int32, isRight: Bool, isRightAfterCut: Bool) {
        let result = Self.result(output, code)
        #expect(ArchiveRules(wasCut: false).problems(ofVerify: result).isEmpty == isRight)
        #expect(ArchiveRules(wasCut: true).problems(ofVerify: result).isEmpty == isRightAfterCut)
    }

    @Test(
        "is something to repair after a run that came to its end, and a loss after any",
        arguments: [
            (#"{"healthy":true}"#, 0, true, true), (#"{"healthy":false}"#, 0, false, true),
            (#"{"healthy":true}"#, 1, false, false), ("", 0, false, false),
        ] as [(String, Int32, Bool, Bool)]
    )
    func repair(output: String, code: Int32, isRight: Bool, isRightAfterCut: Bool) {
        let result = Self.result(output, code)
        #expect(ArchiveRules(wasCut: false).problems(ofRepair: result).isEmpty == isRight)
        #expect(ArchiveRules(wasCut: true).problems(ofRepair: result).isEmpty == isRightAfterCut)
    }

    @Test("is a status that cannot be told")
    func status() {
        let rules = ArchiveRules(wasCut: false)
        #expect(rules.problems(ofStatus: Self.result("{}", 0)).isEmpty)
        #expect(rules.problems(ofStatus: Self.result("{}", 1)).count == 1)
        #expect(rules.problems(ofStatus: Self.result("", 0)).count == 1)
    }

    private static func result(_ output: String, _ code: Int32) -> WatchedProcess.Result {
        var result = WatchedProcess.Result()
        (result.standardOutput, result.exitCode) = (output, code)
        return result
    }

    // MARK: Outputs

    @Test("is a secret or a person in what anybody may read")
    func leaks() {
        #expect(Leaks.problems(in: "error: 401 from /recordings", of: "log") == [])
        #expect(Leaks.problems(in: "canary-refresh was sent", of: "log").count == 1)
        #expect(Leaks.problems(in: "host john.andersen@example.com", of: "log").count == 2)
    }

    @Test("is a secret or a name in the ledger, where renewed tokens and addresses of hosts may be")
    func ledger() throws {
        try withFolder { folder in
            #expect(try Leaks.problems(inLedgerOf: folder) == [])
            try Data("webex-access-1 john.andersen@example.com".utf8).write(to: folder.appending(path: "tapedeck.db"))
            #expect(try Leaks.problems(inLedgerOf: folder) == [])
            try Data("canary-client-secret".utf8).write(to: folder.appending(path: "tapedeck.db-wal"))
            #expect(try Leaks.problems(inLedgerOf: folder).count == 1)
            try Data("Brenda Song".utf8).write(to: folder.appending(path: "tapedeck.db"))
            #expect(try Leaks.problems(inLedgerOf: folder).count == 2)
        }
    }

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
