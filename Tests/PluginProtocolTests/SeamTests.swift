import PluginProtocol
import Testing

@Suite("The seam of PluginProtocol")
struct SeamTests {
    @Test("the protocol has a version")
    func version() { #expect(ProtocolVersion.current == 1) }
}
