import RawJSON

/// What all jobs came to.
struct BenchReport: Sendable {
    /// How the figures came about.
    struct Conditions: Sendable, Hashable {
        /// The program that was measured.
        var tool: String
        /// Its version; nil when it is another build.
        var version: String?
        var scale: Double
        var rounds: Int
    }

    let conditions: Conditions
    /// What the program takes to start and do nothing.
    var startUp: BenchMeasurement
    var measurements: [BenchMeasurement] = []

    /// Whether all that is about this program could be measured; others need not be installed.
    var isWhole: Bool {
        ([startUp] + measurements).allSatisfy { $0.failure == nil || $0.program != BenchMeasurement.tapedeck }
    }
}

// MARK: - For people

extension BenchReport {
    /// The lines of the whole report.
    func lines(width: Int) -> [String] {
        let rows = measurements.filter { $0.failure == nil }.map(row)
        // A column that says nothing about any of the jobs would only take the room of the others.
        let shown = Self.columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        var table = Table(shown.map { Self.columns[$0] })
        for row in rows { table.append(shown.map { row[$0] }) }
        var lines = [startUpLine, ""]
        if !rows.isEmpty { lines += table.lines(width: width) + [""] }
        let failed = ([startUp] + measurements).compactMap { measurement in
            measurement.failure.map { "\(name(of: measurement)): \($0)" }
        }
        if !failed.isEmpty { lines += ["Not measured:"] + failed.map { "  \($0)" } + [""] }
        for paragraph in explanation { lines += TextWidth.wrapped(paragraph, to: min(width, 100)) }
        return lines
    }

    private var startUpLine: String {
        guard let wall = startUp.wallSeconds, let cpu = startUp.cpuSeconds else { return "Start-up: not measured" }
        let memory = startUp.peakBytes.map { ", \(ByteText.format(Int64($0.median)))" } ?? ""
        let program = conditions.version.map { "tapedeck \($0)" } ?? conditions.tool
        return "\(program) starts in \(FigureText.span(wall.median))"
            + " (\(FigureText.span(cpu.median)) CPU\(memory))."
    }

    private static let columns: [Table.Column] = [
        .init(heading: "JOB", isShrinkable: true), .init(heading: "ITEMS", isNumber: true),
        .init(heading: "WALL", isNumber: true), .init(heading: "ITEMS/S", isNumber: true),
        .init(heading: "CPU", isNumber: true), .init(heading: "µs/ITEM", isNumber: true),
        .init(heading: "PEAK", isNumber: true), .init(heading: "FIRST", isNumber: true),
        .init(heading: "REQUESTS", isNumber: true), .init(heading: "429", isNumber: true),
        .init(heading: "÷ IDEAL", isNumber: true), .init(heading: "SPREAD", isNumber: true),
    ]

    private func row(_ measurement: BenchMeasurement) -> [String] {
        let requests = measurement.requests.map { Int($0.median) } ?? 0
        let isServer = measurement.program == BenchMeasurement.simulator
        let spread = conditions.rounds > 1 ? measurement.cpuSeconds?.relative.map(FigureText.percent) ?? "" : ""
        return [
            name(of: measurement), measurement.items == 0 ? "" : FigureText.count(measurement.items),
            measurement.wallSeconds.map { FigureText.span($0.median) } ?? "",
            measurement.itemsPerSecond.map { FigureText.rate($0.median) } ?? "",
            measurement.cpuSeconds.map { FigureText.span($0.median) } ?? "",
            measurement.cpuMicrosecondsPerItem.map { FigureText.number($0.median) } ?? "",
            measurement.peakBytes.map { ByteText.format(Int64($0.median)) } ?? "",
            measurement.firstRecordSeconds.map { FigureText.span($0.median) } ?? "",
            requests == 0 ? "" : FigureText.count(requests),
            requests == 0 || isServer ? "" : FigureText.count(Int(measurement.tooManyRequests?.median ?? 0)),
            measurement.wallByIdeal.map { FigureText.decimal($0.median, places: 2) } ?? "",
            spread,
        ]
    }

    private func name(of measurement: BenchMeasurement) -> String {
        if measurement.program == BenchMeasurement.simulator { return "  simulator alone" }
        if measurement.program != BenchMeasurement.tapedeck { return "  \(measurement.program)" }
        return measurement.variant.isEmpty ? measurement.job : "\(measurement.job), \(measurement.variant)"
    }

    private var explanation: [String] {
        let rounds = conditions.rounds == 1 ? "One round" : "Medians of \(conditions.rounds) rounds"
        let spread = conditions.rounds == 1 ? "" : " SPREAD is between the least and the most CPU."
        let scale = conditions.scale == 1 ? "" : " at \(FigureText.number(conditions.scale)) of the full size"
        return [
            "\(rounds)\(scale). ITEMS are recordings, or listings where these are empty. CPU is that of the reading process and all that it starts. "
                + "FIRST is from its start to the first record in a file. ÷ IDEAL holds the wall time against the least that the platform "
                + "allows, for files against curl.\(spread)",
            "\"simulator alone\" is how fast the platforms answer a client that only reads bytes; its CPU is the platforms' own.",
        ]
    }
}

// MARK: - For machines

extension BenchReport {
    func write(to writer: inout JSONWriter) {
        writer.member("version", conditions.version)
        writer.member("tool", conditions.tool)
        writer.name("scale")
        writer.double(conditions.scale)
        writer.member("rounds", conditions.rounds)
        writer.name("start_up")
        startUp.write(to: &writer)
        writer.name("measurements")
        writer.list(measurements) { $0.write(to: &$1) }
    }
}

extension BenchMeasurement {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("job", job)
        writer.member("variant", variant)
        writer.member("program", program)
        writer.member("failure", failure)
        writer.member("items", items)
        writer.member("unit", unit)
        writer.member("rounds", samples.count)
        let figures: [(String, Spread?)] = [
            ("wall_seconds", wallSeconds), ("cpu_seconds", cpuSeconds),
            ("cpu_microseconds_per_item", cpuMicrosecondsPerItem), ("items_per_second", itemsPerSecond),
            ("peak_bytes", peakBytes), ("first_record_seconds", firstRecordSeconds), ("records_written", written),
            ("requests", requests), ("too_many_requests", tooManyRequests), ("wall_by_ideal", wallByIdeal),
            ("simulator_cpu_seconds", serverCPUSeconds),
        ]
        for (name, figure) in figures {
            writer.name(name)
            guard let figure else {
                writer.null()
                continue
            }
            writer.beginObject()
            for (name, value) in [("median", figure.median), ("least", figure.least), ("most", figure.most)] {
                writer.name(name)
                writer.double(value)
            }
            writer.endObject()
        }
        writer.endObject()
    }
}
