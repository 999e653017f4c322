import Testing

@testable import TapedeckCLI

@Suite("Spans of time")
struct DurationTextTests {
    @Test(
        "Spans are read in units from large to small",
        arguments: [
            ("15m", 900), ("90s", 90), ("1h30m", 5_400), ("2d", 172_800), ("0s", 0), ("2w", 1_209_600),
            ("2y", 63_115_200),
            ("1y2w3d", 33_026_400), ("999999999y", 31_557_599_968_442_400),
        ] as [(String, Int64)]
    )
    func reading(text: String, seconds: Int64) {
        #expect(DurationText.parse(text) == .seconds(seconds))
    }

    @Test(
        "Everything else is refused",
        arguments: ["", "15", "m", "30m1h", "1m1m", "-5s", "1.5h", "5 m", "9999999999s", "5M", "١s", "1d1y", "1y1y"]
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
