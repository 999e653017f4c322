import RecordingKit
import Testing

@testable import ConnectorManifest

@Suite("Manifests that were damaged")
struct FuzzTests {
    /// Random numbers that are the same in every run (SplitMix64).
    struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let fragments: [String] = [
        "null", "[]", "{}", "\"\"", "0", "-1", "1e999", "true", "\"{\"", "\"{a|b}\"", "\"/*\"", "\"/~2\"",
        "\"{window.from | date}\"",
        "99999999999999999999", "\"settings.\"", "\"30d\"", "\"999999999999d\"", "[[[[", "}", "NaN", "'\\u0000'",
        "\"*\"", "{ at: \"/\" }",
        "{ from: {} }", "\"none\"", "\"cursor\"",
    ]

    @Test("every damage is refused or read, never more", arguments: 0..<8)
    func damage(seed: Int) {
        var random = SeededGenerator(state: UInt64(seed) &* 7_919)
        for _ in 0..<60 {
            var bytes = Array(SampleManifests.whole.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { FuzzTests.damage(&bytes, &random) }
            do {
                let manifest = try ConnectorManifest(parsing: bytes, fileName: "f.json5")
                var registry = ConnectorRegistry()
                try? registry.register(manifest.descriptor) { try manifest.makeSource(settings: $0) }
                #expect(registry.entries.count == 1, "\(String(decoding: bytes, as: UTF8.self))")
            } catch {
                #expect(!error.problems.isEmpty)
                for problem in error.problems {
                    #expect(problem.line >= 1 && problem.column >= 1 && !problem.message.isEmpty)
                }
            }
        }
    }

    @Test("a value of any kind in the place of any other is told, and never more than told")
    func replacedValues() throws {
        let whole = SampleManifests.whole
        for (offset, character) in whole.enumerated() where character == ":" {
            let index = whole.index(whole.startIndex, offsetBy: offset + 1)
            for fragment in ["7", "[]", "{}"] {
                let text = "\(whole[..<index]) \(fragment), zzz: \(whole[index...])"
                _ = try? ConnectorManifest(parsing: Array(text.utf8), fileName: "f.json5")
            }
        }
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let length = min(Int.random(in: 1...30, using: &random), bytes.count - start)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes.removeSubrange(start..<start + length)
        case 1:
            bytes.insert(contentsOf: bytes[start..<start + length], at: Int.random(in: 0..<bytes.count, using: &random))
        case 2: bytes[start] = UInt8.random(in: .min ... .max, using: &random)
        case 3: replaceToken(&bytes, near: start, &random)
        default:
            let fragment = fragments.randomElement(using: &random) ?? ""
            bytes.replaceSubrange(start..<start + length, with: Array(fragment.utf8))
        }
        if bytes.isEmpty { bytes = [0x7B] }
    }

    /// Puts a fragment in place of a whole value, so that the text stays well formed more often.
    private static func replaceToken(_ bytes: inout [UInt8], near start: Int, _ random: inout SeededGenerator) {
        guard let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")),
            let end = bytes[colon...].firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") })
        else { return }
        let fragment = fragments.randomElement(using: &random) ?? ""
        bytes.replaceSubrange(colon + 1..<end, with: Array(" \(fragment)".utf8))
    }
}
