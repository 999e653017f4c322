import Foundation
import RecordingKit

/// A kind of sink: how it is configured below `data`, and how what it holds is read back.
struct SinkKind: Sendable {
    let name: String
    /// Its entry in the configuration.
    let configuration: String
    /// Every record that it holds as a line of text without the times of observation, or what is wrong with it.
    let lines: @Sendable (URL) throws -> [String]

    static let jsonLines = SinkKind(name: "jsonl", configuration: #"{ kind: "jsonl", directory: "data/out" }"#) {
        try JSONLinesContent.lines(in: $0.appending(path: "out"))
    }

    /// In the folder of ``jsonLines``, as people will have it.
    static let csv = SinkKind(name: "csv", configuration: #"{ kind: "csv", directory: "data/out" }"#) {
        try CSVContent.lines(in: $0.appending(path: "out"))
    }

    static let sqlite = SinkKind(name: "sqlite", configuration: #"{ kind: "sqlite", path: "data/out/recordings.db" }"#)
    {
        try DatabaseContent.lines(of: $0.appending(path: "out/recordings.db"))
    }

    static let zstd = SinkKind(
        name: "zstd",
        configuration: #"{ kind: "jsonl", directory: "data/zstd", compress: "zstd" }"#
    ) {
        try JSONLinesContent.lines(in: $0.appending(path: "zstd"), compressedWith: .zstd)
    }

    static let gzip = SinkKind(
        name: "gzip",
        configuration: #"{ kind: "csv", directory: "data/gzip", compress: "gzip" }"#
    ) {
        try CSVContent.lines(in: $0.appending(path: "gzip"), compressedWith: .gzip)
    }

    /// Several files of each kind of records even with the least that there is to be read.
    static let rotating = SinkKind(
        name: "rotating",
        configuration: #"{ kind: "jsonl", directory: "data/rotating", rotate: "1KB" }"#
    ) {
        try JSONLinesContent.lines(in: $0.appending(path: "rotating"))
    }

    /// Several compressed files of each kind of records.
    static let rotatingZstd = SinkKind(
        name: "rotating zstd",
        configuration: #"{ kind: "jsonl", directory: "data/parts", compress: "zstd", rotate: "1KB" }"#
    ) {
        try JSONLinesContent.lines(in: $0.appending(path: "parts"), compressedWith: .zstd)
    }

    /// Those that everything is tried with.
    static let usual = [jsonLines, csv, sqlite]
    /// Those that write otherwise.
    static let special = [zstd, gzip, rotating, rotatingZstd]

    /// The kinds of records in the order in which they are compared.
    static let kinds: [RecordKind] = [.recordings, .accessSummaries, .accessEvents]
    /// They say when somebody looked, which is not content.
    static let observations: Set<String> = ["observed_at", "first_observed_at", "as_of"]

    struct Damage: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }
}
