import ConnectorProcess
import Testing

@Suite("The seam of ConnectorProcess")
struct SeamTests {
    @Test("a line is limited")
    func line() { #expect(ProcessLimits().longestLine == 64 << 20) }
}
