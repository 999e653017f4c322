import ConnectorManifest
import RecordingKit
import Testing

@Suite("Manifests of other platforms")
struct PlatformManifestTests {
    @Test(
        "each is sound",
        arguments: ["aircall", "dialpad", "fireflies", "gong", "graph", "livekit", "meet", "ringcentral", "twilio"]
    )
    func sound(name: String) throws { #expect(try platform(name).descriptor.id == name) }

    @Test("so are those of the compiled-in connectors", arguments: ["kismet", "webex"])
    func twins(name: String) throws { #expect(try manifest(at: "Twins/\(name).json5").descriptor.id == name) }
}
