import PlatformSimulator
import Testing

@Suite("Content of simulated files")
struct MediaContentTests {
    private func simulator(_ lengths: ClosedRange<Int>, seed: UInt64 = 1) throws -> PlatformSimulator {
        let plan = SimulatorPlan(seed: seed, media: MediaPlan(lengths: lengths))
        return try PlatformSimulator(plan: plan, clock: .fixed(unixSeconds: Rig.now))
    }

    @Test("parts put together are the whole, wherever the cuts are")
    func parts() throws {
        let length = 3_000_000
        let content = try #require(simulator(length...length).mediaTruth().first).content
        let whole = content.bytes(in: 0..<length)
        #expect(whole.count == length)
        for cut in [1, 31, 32, 40, 4095, 4096, 4128, 1_048_575, 1_048_576, 1_048_577, 2_097_152, length - 1] {
            // Compared first: a difference of megabytes would be printed byte by byte.
            let isWhole = content.bytes(in: 0..<cut) + content.bytes(in: cut..<length) == whole
            #expect(isWhole, "cut at \(cut)")
        }
        #expect(content.bytes(in: -5..<0).isEmpty)
        #expect(content.bytes(in: length..<(length + 5)).isEmpty)
        #expect(content.bytes(in: (length - 2)..<(length + 5)) == Array(whole.suffix(2)))
    }

    @Test("no two stretches of 4 KiB are alike, within a file, between files, between versions and between seeds")
    func stretches() throws {
        func stretches(_ simulator: PlatformSimulator, _ count: Int, version: Int) throws -> [[UInt8]] {
            try simulator.mediaTruth().filter { $0.file.rendition == "video" }.prefix(count).flatMap { truth in
                let content = try #require(simulator.mediaContent(of: truth.file, version: version))
                return stride(from: 0, to: content.length, by: 4096).map { content.bytes(in: $0..<($0 + 4096)) }
            }
        }
        let plain = try simulator(1_500_000...1_500_000)
        let other = try simulator(1_500_000...1_500_000, seed: 2)
        let all =
            try stretches(plain, 2, version: 0) + stretches(plain, 1, version: 1) + stretches(other, 1, version: 0)
        #expect(Set(all).count == all.count)
        #expect(all.count == 4 * 367)
    }

    @Test("the first bytes tell the type, and a transcript is text throughout")
    func heads() throws {
        let truths = try simulator(2_000...60_000).mediaTruth()
        for truth in truths {
            let bytes = truth.content.bytes(in: 0..<truth.length)
            #expect(bytes.count == truth.length)
            switch truth.fileExtension {
            case "mp4": #expect(bytes[4..<12].elementsEqual("ftypisom".utf8))
            case "mp3": #expect(bytes.starts(with: "ID3".utf8))
            case "vtt":
                #expect(bytes.starts(with: "WEBVTT\n\n".utf8))
                #expect(bytes.allSatisfy { $0 < 128 && ($0 >= 32 || $0 == 10) })
            default: #expect(truth.fileExtension == "arf")
            }
            if truth.file.rendition == "video" { #expect((2_000...60_000).contains(truth.length)) }
        }
        #expect(Set(truths.map(\.fileExtension)) == ["mp4", "mp3", "vtt", "arf"])
        #expect(Set(truths.map(\.file)).count == truths.count)
    }
}
