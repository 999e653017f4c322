/// What is measured run for run, and whether it has stayed as it was.
struct Growth {
    /// What the host that stays was between its runs.
    var rounds: [ProcessProbe.Sample] = []
    /// Kilobytes and descriptors that the runs of the program have needed at most, each.
    var memory: [Int] = []
    var descriptors: [Int] = []

    /// One line for each thing that is measured, and those of them that have grown.
    ///
    /// What the platforms hold grows meanwhile, and with it what the runs of the program need; the host that stays
    /// is measured between its runs.
    func verdicts() -> (lines: [String], problems: [String]) {
        let measured: [(String, Flatness, [Int])] = [
            ("memory of the host that stays, KB", Flatness(share: 0.15, allowance: 8_192), rounds.map(\.memory)),
            ("descriptors of the host that stays", Flatness(), rounds.map(\.descriptors)),
            ("memory of the runs, KB", Flatness(share: 0.25, allowance: 8_192), memory),
            ("descriptors of the runs", Flatness(share: 0.25, allowance: 8), descriptors),
        ]
        var (lines, problems): ([String], [String]) = ([], [])
        for (name, flatness, samples) in measured {
            guard let verdict = flatness.verdict(on: samples) else {
                lines.append("\(name): too few runs to judge it, \(samples.count)")
                continue
            }
            lines.append(
                "\(name): \(verdict.before) after a tenth, \(verdict.middle) in the middle, "
                    + "\(verdict.after) at the end, at most \(samples.max() ?? 0)"
            )
            if !verdict.isFlat { problems.append("\(name) grew from \(verdict.before) to \(verdict.after)") }
        }
        return (lines, problems)
    }
}
