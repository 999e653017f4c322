import Testing

@testable import TapedeckCLI

@Suite("Help")
struct HelpTextTests {
    private let command = CommandSpec(
        name: "sync",
        summary: "Reads what is new.",
        discussion: ["One paragraph that is long enough to be broken into several lines when the terminal is narrow."],
        operands: .any("SOURCE", help: "Which sources."),
        options: [.value("since", "TIME", help: "Reads nothing that began before this.")],
        examples: [.init(line: "sync clinic", purpose: "Reads one source.")]
    )

    @Test("A page has the usage, arguments, options and examples in this order")
    func pageShape() {
        let lines = HelpText(width: 80).page(of: command)
        let headings = lines.filter { $0.hasSuffix(":") && !$0.hasPrefix(" ") }
        #expect(headings == ["Arguments:", "Options:", "Examples:"])
        #expect(lines.contains("Usage: tapedeck sync [SOURCE…] [OPTIONS]"))
        #expect(lines.contains("  tapedeck sync clinic"))
    }

    @Test("Every option stands with its help in one column")
    func alignment() throws {
        let lines = HelpText(width: 80).page(of: command)
        let since = try #require(lines.first { $0.hasPrefix("  --since TIME") })
        let json = try #require(lines.first { $0.hasPrefix("  --json") })
        let column = since.distance(from: since.startIndex, to: try #require(since.firstRange(of: "Reads")?.lowerBound))
        #expect(
            column == json.distance(from: json.startIndex, to: try #require(json.firstRange(of: "Write")?.lowerBound))
        )
    }

    @Test("Lines keep within the width", arguments: [40, 60, 80, 100])
    func wrapping(width: Int) {
        let lines = HelpText(width: width).page(of: command) + HelpText(width: width).overview(of: [command])
        let unbroken = lines.filter { $0.hasPrefix("Usage:") || $0.hasPrefix("  ") }
        for line in lines where !unbroken.contains(line) { #expect(TextWidth.columns(of: line) <= width) }
    }
}
