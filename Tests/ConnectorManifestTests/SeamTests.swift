import ConnectorManifest
import Testing

@Suite("The seam of ConnectorManifest")
struct SeamTests {
    @Test("the format has a version")
    func version() { #expect(ManifestFormat.version == 1) }
}
