import RecordingKit
import Testing

@testable import RecordingHost

@Suite("Waits in the units that platforms use")
struct WaitUnitTests {
    private let now = Timestamp(secondsSince1970: 1_790_000_000)

    @Test(
        "each unit is read as what it is",
        arguments: [
            (WaitUnit.seconds, "30", 30_000), (.seconds, " 0.25 ", 250), (.seconds, "-5", 0), (.seconds, "0", 0),
            (.milliseconds, "350", 350), (.milliseconds, "0.2", 1), (.seconds, "4.03", 4_030),
            (.milliseconds, "4030", 4_030),
            (.unixSeconds, "1790000020", 20_000), (.unixSeconds, "1790000000.5", 500), (.unixSeconds, "1", 0),
            (.unixMilliseconds, "1790000020250", 20_250), (.unixMilliseconds, "20", 0),
            (.httpDate, "Mon, 21 Sep 2026 14:13:30 GMT", 10_000), (.httpDate, "Sun, 06 Nov 1994 08:49:37 GMT", 0),
            (.rfc3339, "2026-09-21T14:13:21Z", 1_000), (.rfc3339, "2026-09-21T16:13:21+02:00", 1_000),
            (.seconds, "99999999999999999999", 31_536_000_000), (.rfc3339, "2999-01-01T00:00:00Z", 31_536_000_000),
        ] as [(WaitUnit, String, Int64)]
    )
    func reads(unit: WaitUnit, text: String, milliseconds: Int64) {
        #expect(unit.wait(in: text, serverNow: now) == .milliseconds(milliseconds))
    }

    @Test(
        "what means nothing is nothing",
        arguments: WaitUnit.all,
        ["", "soon", "inf", "nan", "0x10", "1e3", "1,2", "--1", "rand(30)"]
    )
    func nonsense(unit: WaitUnit, text: String) {
        #expect(unit.wait(in: text, serverNow: now) == nil)
    }

    @Test("each unit is found by its name, and no other is", arguments: WaitUnit.all)
    func names(unit: WaitUnit) {
        #expect(WaitUnit(rawValue: unit.rawValue) == unit)
        #expect(WaitUnit(rawValue: unit.rawValue.uppercased()) == nil)
    }
}
