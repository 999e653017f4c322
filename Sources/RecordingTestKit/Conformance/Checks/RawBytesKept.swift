import RawJSON
import RecordingHost
import RecordingKit

extension ConformanceCheck {
    /// The platform's own object is kept as it came.
    public static let rawBytesKept = ConformanceCheck(
        "raw_bytes_kept",
        "Every record carries the platform's own object, byte for byte, but for what the connector says that it withholds."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        // What is spelt as nobody would spell it again is recognised when it was written anew.
        let run = await bench.driver.run(
            Interference(alter: { _, response in
                var response = response
                response.body = JSONRespelling.respell(response.body)
                return response
            })
        )
        let withheld = WithheldMembers(bench.subject.descriptor.withheld)
        var problems: [String] = []
        for reading in run.readings {
            let bodies = run.exchanges.filter { run.phase(of: $0) == reading.phase }.map(\.response.body)
            let raws = reading.recordings.map(\.recording.raw) + reading.events.map(\.raw)
            for (index, raw) in raws.enumerated() {
                let name = "Number \(index + 1) of \(bench.name(of: reading.phase))"
                if let raw {
                    guard !bodies.contains(where: { $0.contains(slice: raw.rawBytes) || withheld.explain(raw, in: $0) })
                    else { continue }
                    problems.append("\(name) carries an object that is in no answer.")
                } else {
                    problems.append("\(name) carries no object of the platform's.")
                }
            }
        }
        return .problems(problems)
    }

    /// Members that a platform adds do no harm.
    public static let unknownFieldsSurvive = ConformanceCheck(
        "unknown_fields_survive",
        "Members that the connector does not know change nothing, and are kept."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        let member = "tapedeck_unknown_member"
        let run = await bench.driver.run(
            Interference(alter: { _, response in
                var response = response
                let editor = JSONEditor(extend: { _, writer in
                    writer.name(member)
                    writer.beginObject()
                    writer.name("of")
                    writer.string("a later day")
                    writer.endObject()
                })
                response.body = editor.edit(response.body)
                return response
            })
        )
        var problems = bench.baseline.readings.compactMap { reading in
            run.reading(reading.phase).flatMap {
                $0.difference(
                    from: reading,
                    name: "With unknown members, \(bench.name(of: reading.phase))",
                    ignoring: bench.unstableFields.union(["raw", "changes"])
                )
            }
        }
        if run.listings.count != bench.baseline.listings.count {
            problems.append("With unknown members, other listings are found.")
        }
        let raws = run.recordings.compactMap(\.recording.raw) + run.events.compactMap(\.raw)
        let lost = raws.count { $0.kind == .object && $0[member] == nil }
        if lost > 0 { problems.append("\(lost) records have lost a member that the platform sent.") }
        return .problems(problems)
    }
}

extension ConnectorRun {
    /// During which method an exchange took place.
    func phase(of exchange: Exchange) -> ReadingPhase? {
        fetches.indices.contains(exchange.fetch) ? fetches[exchange.fetch].phase : nil
    }
}

extension [UInt8] {
    /// Whether the bytes of `part` stand somewhere in these, in a row.
    func contains(slice part: ArraySlice<UInt8>) -> Bool {
        guard let first = part.first else { return true }
        guard part.count <= count else { return false }
        var start = startIndex
        while let found = self[start...].firstIndex(of: first), found + part.count <= endIndex {
            if self[found..<found + part.count].elementsEqual(part) { return true }
            start = found + 1
        }
        return false
    }
}
