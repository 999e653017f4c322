import RecordingKit
import Testing

@testable import RecordingHost

@Suite("The place of a media file")
struct MediaPathTests {
    @Test("is made of source, month, recording and rendition")
    func layout() throws {
        let path = try MediaPath(
            source: "clinic",
            recording: "4711",
            rendition: "video",
            date: Timestamp("2026-03-09T23:59:59Z"),
            fileExtension: "mp4"
        )
        #expect(path.text == "clinic/2026/03/4711/video.mp4")
        #expect(path.quarantined.text == "__quarantine/clinic/2026/03/4711/video.mp4")
        #expect(path.quarantined.isQuarantined && !path.isQuarantined)
    }

    @Test("has a folder for what has no time, and a name without an extension")
    func withoutTime() throws {
        let path = try MediaPath(source: "a", recording: "b", rendition: "c", date: nil, fileExtension: nil)
        #expect(path.text == "a/0000/00/b/c")
    }

    @Test(
        "names each id by a segment that every file system can hold",
        arguments: [
            ("", "__"), ("abc-1.2", "abc-1.2"), ("AbC", "_41b_43"), ("../../etc/passwd", "_2e._2f.._2fetc_2fpasswd"),
            (".", "_2e"), ("..", "_2e_2e"), ("a.", "a_2e"), (".a", "_2ea"), ("a b", "a_20b"), ("a\0b", "a_00b"),
            ("_", "_5f"),
            ("con", "_63on"), ("NUL.txt", "_4e_55_4c.txt"), ("com1", "_63om1"), ("console", "console"), ("ü", "_c3_bc"),
            ("a:b\\c", "a_3ab_5cc"),
        ]
    )
    func segments(id: String, segment: String) throws {
        #expect(try PathSegment.encode(id) == segment)
        #expect(PathSegment.isSafe(segment[...]))
    }

    @Test("shortens what is too long, without letting two ids meet")
    func longIDs() throws {
        let first = try PathSegment.encode(String(repeating: "a", count: 300))
        let second = try PathSegment.encode(String(repeating: "a", count: 301))
        #expect(first.utf8.count == 100)
        #expect(second.utf8.count == 100)
        #expect(first != second)
        #expect(PathSegment.isSafe(first[...]))
    }

    @Test("differs for any two ids")
    func injective() throws {
        var generator = SeededGenerator(seed: 7)
        var ids: Set<String> = []
        var segments: Set<String> = []
        let alphabet = ["a", "A", "_", ".", "/", "6", "1", "\0", "é", "e\u{301}", "c", "o", "n"]
        for _ in 0..<5000 {
            let length = Int.random(in: 0...6, using: &generator)
            let id = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
            // Composed and decomposed accents are equal as strings and different as ids.
            guard ids.insert(Array(id.utf8).map { String($0, radix: 16) }.joined(separator: " ")).inserted else {
                continue
            }
            let segment = try PathSegment.encode(id)
            #expect(PathSegment.isSafe(segment[...]), "\(segment)")
            #expect(segments.insert(segment.lowercased()).inserted, "\(segment)")
        }
    }

    @Test(
        "that was written down is taken back unless it could lead elsewhere",
        arguments: [
            ("clinic/2026/03/4711/video.mp4", true), ("__quarantine/clinic/x", true), ("", false),
            ("/etc/passwd", false),
            ("a/../b", false), ("a//b", false), ("a/./b", false), ("a\\b", false), ("A/b", false), ("a/b\0", false),
            ("con/x", false),
            ("a/" + String(repeating: "b", count: 200), false),
        ]
    )
    func readBack(text: String, isGood: Bool) {
        #expect((MediaPath(text: text)?.text == text) == isGood)
    }
}
