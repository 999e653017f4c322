import Foundation
import PlatformSimulator
import Testing

/// Everything that goes wrong, at once and at random; `make soak` does it for half an hour.
@Suite(
    "An archive that is read for weeks while everything goes wrong",
    .serialized,
    .enabled(if: FaultShim.isAvailable && SoakOptions.minutes != nil, "make soak runs it; Linux, with a C compiler")
)
struct SoakTests {
    @Test("is the truth at the end, and takes no more memory and descriptors than at the beginning")
    func soak() async throws {
        let (seed, minutes) = (SoakOptions.seed, SoakOptions.minutes ?? 0)
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "tapedeck-soak-\(seed)-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let site = try SoakSite(seed: seed, folder: folder, program: try #require(SoakOptions.program))
        defer { site.simulator.stop() }
        var soak = try Soak(site, seed: seed, length: .seconds(minutes * 60))
        do {
            try await soak.run()
        } catch {
            soak.say("FAILED: \(error)")
            soak.say(
                "with SEED=\(seed); the last run is in turn.txt and run.txt, both archives too, below \(folder.path)"
            )
            throw error
        }
        try FileManager.default.removeItem(at: folder)
    }
}
