import Foundation
import RawJSON
import RecordingKit

/// The JSON Lines files, held against what they promise: whole lines, and no record again unless its content changed.
struct RecordLines {
    let folder: URL

    static let keys: [(kind: RecordKind, members: [String])] = [
        (.recordings, ["source", "id"]), (.accessSummaries, ["source", "recording_id"]),
        (.accessEvents, ["source", "recording_id", "id"]), (.media, ["source", "recording_id", "rendition"]),
    ]

    /// What was found.
    struct Finding: Equatable {
        var records = 0
        var problems: [String] = []
    }

    /// Reads everything.
    func check() throws -> Finding {
        var finding = Finding()
        for (kind, members) in Self.keys {
            let file = folder.appending(path: "\(kind.rawValue).jsonl")
            guard let bytes = try? Data(contentsOf: file) else { continue }
            check([UInt8](bytes), kind, members, &finding)
        }
        return finding
    }

    private func check(_ bytes: [UInt8], _ kind: RecordKind, _ members: [String], _ finding: inout Finding) {
        if !bytes.isEmpty, bytes.last != UInt8(ascii: "\n") { finding.problems.append("\(kind.rawValue) end torn") }
        var last: [String: (all: String, fixed: String)] = [:]
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let record = try? JSONDocument(parsing: Array(line)).root, record.kind == .object else {
                finding.problems.append("\(kind.rawValue) line \(number + 1) is no record")
                continue
            }
            let key = members.map { record[$0]?.string ?? "?" }.joined(separator: " ")
            let content = (all: Self.content(of: record), fixed: Self.content(of: record, without: Self.judgements))
            // What happened stays as it was; whether it was an own access may be judged anew when more of those are known.
            if let last = last[key], last.all == content.all || (kind == .accessEvents && last.fixed != content.fixed) {
                finding.problems.append("\(kind.rawValue) line \(number + 1) repeats \(key)")
            }
            last[key] = content
            finding.records += 1
        }
    }

    private static let judgements: Set<String> = ["self_induced"]

    /// A record without the times at which somebody looked.
    private static func content(of record: JSONValue, without names: Set<String> = []) -> String {
        record.members.filter { !SinkKind.observations.contains($0.name) && !names.contains($0.name) }
            .map { "\($0.name)=\(String(decoding: $0.value.rawBytes, as: UTF8.self))" }.joined(separator: " ")
    }
}
