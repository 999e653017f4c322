import Foundation
import Testing

/// A host that lives in one process for the whole soak and reads again and again: this is that process.
///
/// It is these tests once more, with everything left out but this suite. Each line of its input is one run: how far the clock is ahead,
/// the bases of both platforms, the parallel transfers, the longest run in milliseconds. Each line of its answer begins with `@`.
@Suite("A host that stays", .serialized, .enabled(if: ResidentHost.folder != nil, "is started by a soak"))
struct ResidentHostTests {
    @Test("reads again and again")
    func serve() async throws {
        let folder = try #require(ResidentHost.folder)
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 5, let ahead = Int64(words[0]), let parallel = Int(words[3]), let limit = Int(words[4])
            else { break }
            let sources = ResidentHost.sources(kismet: words[1], webex: words[2])
            let clock = ShiftedClock(ahead: ahead)
            var answer = await ResidentHost.run(in: folder, sources, clock, parallel, .milliseconds(limit))
            answer = SoakSabotage.wanted?.afterRun() ?? answer
            try FileHandle.standardOutput.write(contentsOf: Data("\n@\(answer)\n".utf8))
        }
    }
}
