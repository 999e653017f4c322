/// Writes lines of text to an output, without anything that a terminal would act on.
struct Console: Sendable {
    let output: Output
    let level: LogLevel
    /// Whether results are one JSON object in place of text.
    let isJSON: Bool

    init(output: Output, level: LogLevel = .info, isJSON: Bool = false) {
        self.output = output
        self.level = level
        self.isJSON = isJSON
    }

    /// Writes lines of a result for people; nothing when results are JSON.
    func print(_ lines: [String]) {
        guard !isJSON, !lines.isEmpty else { return }
        output.standardOutput(Self.bytes(of: lines))
    }

    /// Writes one line of a result for people; nothing when results are JSON.
    func print(_ line: String) { print([line]) }

    /// Writes a JSON text as it is, and a line feed; nothing when results are for people.
    func printJSON(_ bytes: [UInt8]) {
        guard isJSON else { return }
        output.standardOutput(bytes + [0x0A])
    }

    /// Writes lines to standard error when the level is shown.
    func log(_ level: LogLevel, _ lines: [String]) {
        guard level <= self.level, !lines.isEmpty else { return }
        output.standardError(Self.bytes(of: lines))
    }

    /// Writes a line to standard error when the level is shown.
    func log(_ level: LogLevel, _ line: String) { log(level, [line]) }

    private static func bytes(of lines: [String]) -> [UInt8] {
        lines.flatMap { Array(printable($0).utf8) + [0x0A] }
    }

    /// The text with control characters replaced, because a terminal would act on them.
    static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
        return String(result)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}
