import Testing

@testable import TapedeckCLI

@Suite("Spans of time")
struct DurationTextTests {
    @Test(
        "Spans are read in units from large to small",
        arguments: [("15m", 900), ("90s", 90), ("1h30m", 5_400), ("2d", 172_800), ("0s", 0)] as [(String, Int64)]
    )
    func reading(text: String, seconds: Int64) {
        #expect(DurationText.parse(text) == .seconds(seconds))
    }

    @Test(
        "Everything else is refused",
        arguments: ["", "15", "m", "30m1h", "1m1m", "-5s", "1.5h", "5 m", "9999999999s", "5M", "١s"]
    )
    func refusing(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        "Spans are written for people",
        arguments: [
            (Duration.zero, "0s"), (.milliseconds(340), "340ms"), (.milliseconds(1_250), "1.2s"), (.seconds(59), "59s"),
            (.seconds(61), "1m1s"), (.seconds(3_600), "1h"), (.seconds(90_061), "1d1h"), (.seconds(-3), "0s"),
        ]
    )
    func writing(duration: Duration, text: String) {
        #expect(DurationText.format(duration) == text)
    }
}
