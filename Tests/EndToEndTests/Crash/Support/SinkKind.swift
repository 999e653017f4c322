import Foundation
import RawJSON
import RecordingKit

/// A kind of sink: how it is configured below `data`, and how what it holds is read back.
struct SinkKind: Sendable {
    let name: String
    /// Its entry in the configuration.
    let configuration: String
    /// Every record that it holds as a line of text without the times of observation, or what is wrong with it.
    let lines: @Sendable (URL) throws -> [String]

    static let jsonLines = SinkKind(name: "jsonl", configuration: #"{ kind: "jsonl", directory: "data/out" }"#) {
        data in
        try kinds.flatMap { kind in
            try jsonLines(data.appending(path: "out/\(kind.rawValue).jsonl"))
                .map { "\(kind.rawValue) \($0)" }
        }
    }

    /// Every kind that these tests can read back; another one is its entry in the configuration and a function that reads it.
    static let all = [jsonLines]

    /// Those of ``all`` that the program can write.
    static func known() async throws -> [SinkKind] {
        var known: [SinkKind] = []
        for kind in all where try await CrashSite.with(.tiny([kind]), { try await $0.isValid() }) {
            known.append(kind)
        }
        return known
    }

    private static let kinds: [RecordKind] = [.recordings, .accessSummaries, .accessEvents]
    /// They say when somebody looked, which is not content.
    static let observations: Set<String> = ["observed_at", "as_of"]

    private static func jsonLines(_ file: URL) throws -> [String] {
        let bytes = [UInt8](try Data(contentsOf: file))
        guard bytes.isEmpty || bytes.last == UInt8(ascii: "\n") else {
            throw Damage("\(file.lastPathComponent) ends torn")
        }
        return try bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map { line in
            guard let record = try? JSONDocument(parsing: Array(line)).root, record.kind == .object else {
                throw Damage("\(file.lastPathComponent) has a line that is no JSON object: \(line.count) bytes")
            }
            return record.members.filter { !observations.contains($0.name) }
                .map { "\($0.name)=\(String(decoding: $0.value.rawBytes, as: UTF8.self))" }
                .joined(separator: " ")
        }
    }

    struct Damage: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }
}
