import Testing

@testable import PluginProtocol

@Suite("Cutting bytes into lines")
struct LineSplitterTests {
    private func lines(of text: String, inPartsOf size: Int, longest: Int = 100) throws -> [String] {
        var splitter = LineSplitter(longestLine: longest)
        var lines: [String] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try splitter.take(bytes[start..<min(start + size, bytes.count)]) { lines.append($0.text) }
        }
        return lines
    }

    @Test("gives the same lines however the bytes arrive", arguments: 1...12)
    func parts(size: Int) throws {
        #expect(try lines(of: "one\n\ntwo\nthree\nrest", inPartsOf: size) == ["one", "", "two", "three"])
    }

    @Test("a line of exactly the limit passes, and a longer one does not, ended or not", arguments: [1, 3, 100])
    func limit(size: Int) throws {
        #expect(try lines(of: "12345\n", inPartsOf: size, longest: 5) == ["12345"])
        #expect(throws: LineSplitter.TooLong.self) { try lines(of: "123456\n", inPartsOf: size, longest: 5) }
        #expect(throws: LineSplitter.TooLong.self) { try lines(of: "123456", inPartsOf: size, longest: 5) }
    }
}
