import Testing

@testable import TapedeckCLI

@Suite("Tables and widths")
struct TableTests {
    @Test("Numbers stand at the right of their column, texts at the left")
    func alignment() {
        var table = Table([.init(heading: "NAME"), .init(heading: "N", isNumber: true)])
        table.append(["a", "10"])
        table.append(["long", "9"])
        #expect(table.lines(width: 80) == ["NAME   N", "a     10", "long   9"])
    }

    @Test("The shrinkable column gives way to the width")
    func shrinking() {
        var table = Table([.init(heading: "ID"), .init(heading: "TEXT", isShrinkable: true)])
        table.append(["a", "a text that is much too long"])
        #expect(table.lines(width: 20).last == "a   a text that is …")
    }

    @Test(
        "Wide characters take two columns",
        arguments: [("abc", 3), ("日本", 4), ("é", 1), ("e\u{301}", 1), ("🎧", 2), ("", 0)]
    )
    func widths(text: String, columns: Int) {
        #expect(TextWidth.columns(of: text) == columns)
    }

    @Test(
        "A text is cut between characters",
        arguments: [("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("日本語", 4, "日…"), ("abc", 0, "")]
    )
    func cutting(text: String, limit: Int, expected: String) {
        #expect(TextWidth.truncated(text, to: limit) == expected)
    }

    @Test("What a terminal would act on is replaced")
    func controlCharacters() {
        #expect(Console.printable("a\u{1B}[2Jb\u{9B}c\n") == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}")
    }
}
