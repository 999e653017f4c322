import Foundation
import PlatformSimulator
import Testing

/// A run of the program, and whether it may end so after a turn.
struct RunEnd: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var result: WatchedProcess.Result
    var turn = SoakTurn(number: 1)
    let isRight: Bool

    private static func result(
        _ code: Int32?,
        signal: Int32? = nil,
        sent: [Int32] = [],
        says: String = "",
        states: [String] = ["complete", "complete"]
    ) -> WatchedProcess.Result {
        let sources = states.map { #"{"state":"\#($0)","failures":[]}"# }.joined(separator: ",")
        var result = WatchedProcess.Result()
        result.exitCode = code
        result.signal = signal
        result.sent = sent
        result.standardError = says
        result.standardOutput = code.map { #"{"exit_code":\#($0),"failure":null,"sources":[\#(sources)]}"# } ?? ""
        return result
    }

    private static func turn(_ change: (inout SoakTurn) -> Void) -> SoakTurn {
        var turn = SoakTurn(number: 1)
        change(&turn)
        return turn
    }

    private static let killed = turn { $0.ending = .killed(after: .seconds(1)) }
    private static let full = turn { $0.trouble = CrashPoint(mode: .full, call: 1) }
    private static let rejecting = turn { $0.faults.requests = [Fault(.serverError(401))] }
    private static let away = turn { $0.ending = .unplugged(after: .seconds(1), length: .seconds(1)) }
    private static func deaf(_ length: Duration) -> WatchedProcess.Result {
        var deaf = result(nil, signal: 15, sent: [15])
        deaf.length = length
        return deaf
    }
    private static let slow: WatchedProcess.Result = {
        var slow = result(143, sent: [15])
        slow.lengthAfterSignal = .seconds(9)
        return slow
    }()
    private static func saying(_ output: String) -> WatchedProcess.Result {
        var result = result(0)
        result.standardOutput = output
        return result
    }

    private static let silent = saying("")
    private static let garbled = saying("{")
    private static let failing = saying(
        result(0).standardOutput.replacing("\"failures\":[]", with: "\"failures\":[{}]")
    )
    private static let lying = saying(
        result(0).standardOutput.replacing("\"exit_code\":0", with: "\"exit_code\":2")
    )

    static let all = [
        RunEnd(testDescription: "complete", result: result(0), isRight: true),
        RunEnd(
            testDescription: "0 and not complete",
            result: result(0, states: ["complete", "failed"]),
            isRight: false
        ),
        RunEnd(testDescription: "2 and complete", result: result(2), isRight: false),
        RunEnd(testDescription: "another code than it says", result: lying, isRight: false),
        RunEnd(testDescription: "a code of the configuration", result: result(78), isRight: false),
        RunEnd(testDescription: "1 without a cause", result: result(1, states: ["failed", "failed"]), isRight: false),
        RunEnd(
            testDescription: "1 when the disk was full",
            result: result(1, says: "sink_failed", states: ["failed", "failed"]),
            turn: full,
            isRight: true
        ),
        RunEnd(
            testDescription: "a sink that failed when only requests did",
            result: result(1, says: "sink_failed", states: ["failed", "failed"]),
            turn: rejecting,
            isRight: false
        ),
        RunEnd(testDescription: "killed", result: result(nil, signal: 9, sent: [9]), turn: killed, isRight: true),
        RunEnd(testDescription: "killed by nobody", result: result(nil, signal: 9), isRight: false),
        RunEnd(testDescription: "crashed", result: result(nil, signal: 11), turn: killed, isRight: false),
        RunEnd(
            testDescription: "143 when asked to end",
            result: result(143, sent: [15]),
            turn: away,
            isRight: true
        ),
        RunEnd(
            testDescription: "one that has to be asked to end and had nothing in its way",
            result: result(143, sent: [15]),
            isRight: false
        ),
        RunEnd(testDescription: "143 when not asked", result: result(143), isRight: false),
        RunEnd(testDescription: "nine seconds after it was asked to end", result: slow, turn: away, isRight: false),
        RunEnd(testDescription: "asked to end at once", result: deaf(.milliseconds(80)), turn: away, isRight: true),
        RunEnd(testDescription: "ended by being asked", result: deaf(.seconds(5)), turn: away, isRight: false),
        RunEnd(testDescription: "0 without a word", result: silent, isRight: false),
        RunEnd(testDescription: "no JSON", result: garbled, isRight: false),
        RunEnd(testDescription: "0 with a failure", result: failing, isRight: false),
        RunEnd(
            testDescription: "a ledger that failed when only requests did",
            result: result(1, says: "ledger_failed", states: ["failed", "failed"]),
            turn: rejecting,
            isRight: false
        ),
        RunEnd(testDescription: "rejected", result: result(77), turn: rejecting, isRight: true),
        RunEnd(testDescription: "rejected without a cause", result: result(77), turn: killed, isRight: false),
    ]
}
