import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("Advice")
struct AdviceTests {
    @Test(
        "is left to the reason where that names the cause",
        arguments: [.sinkFailed, .ledgerFailed, .clockWrong] as [TapedeckError.Code]
    )
    func none(code: TapedeckError.Code) {
        #expect(Advice.text(for: code, connector: nil, retryAt: nil) == nil)
    }

    @Test("comes with what the reason cannot know")
    func some() {
        #expect(Advice.text(for: .stopped, connector: nil, retryAt: nil) == "Run again to go on.")
    }
}
