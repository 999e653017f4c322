import Foundation
import PlatformSimulator
import RecordingKit
import RecordingTestKit

/// An archive at the end, held against the platforms, and every sink of it against the JSON Lines.
struct SoakComparison {
    let simulator: PlatformSimulator
    let folder: URL
    /// Whether it has spreadsheets and compressed files as well.
    let hasAllSinks: Bool

    /// What is wrong, a few of each kind, and what was compared.
    struct Finding {
        var problems: [String] = []
        /// Lines of the JSON Lines files.
        var lines = 0
        var comparedRecords = 0
        var mediaFiles = 0
        var mediaBytes = 0
    }

    func check() throws -> Finding {
        var finding = Finding()
        let archive = Archive(directory: folder)
        let scenario = Scenario(simulator: simulator, archive: archive, clock: .automatic(at: Scenario.start))
        let lines = try RecordLines(folder: folder.appending(path: "out")).check()
        let media = try StoredMedia(simulator: simulator, archive: archive, folder: folder.appending(path: "media"))
            .check()
        finding.problems = try scenario.differences() + lines.problems.prefix(5)
        if !media.problems.isEmpty { finding.problems.append("\(media.problems.count) problems with files") }
        finding.problems += media.problems.prefix(5)
        finding.lines = lines.records
        finding.comparedRecords = try archive.latestLines().count
        (finding.mediaFiles, finding.mediaBytes) = (media.files, media.bytes)
        try compareSinks(&finding)
        finding.problems = finding.problems.map { "\(folder.lastPathComponent): \($0)" }
        return finding
    }

    private func compareSinks(_ finding: inout Finding) throws {
        let out = folder.appending(path: "out")
        let agreement = SinkAgreement(expected: try SinkAgreement.jsonLines(in: out))
        var sinks = [("sqlite", try SinkAgreement.database(out.appending(path: "recordings.db")))]
        if hasAllSinks {
            let parts = folder.appending(path: "parts")
            sinks.append(("csv", try SinkAgreement.csv(in: out)))
            sinks.append(("zstd", try SinkAgreement.jsonLines(in: parts, compressedWith: .zstd)))
        }
        for (name, records) in sinks {
            finding.comparedRecords += records.count
            finding.problems += agreement.problems(of: records, in: name)
        }
    }

    // MARK: Whether it would notice

    /// Does one wrong after the other to copies of the archive.
    ///
    /// - Returns: how many there were, and those that were not noticed.
    func unnoticedWrongs() throws -> (count: Int, unnoticed: [String]) {
        let wrongs = ArchiveWrong.inRecords(allSinks: hasAllSinks)
        let copy = folder.deletingLastPathComponent().appending(path: "copy")
        let unnoticed = try wrongs.filter { wrong in
            try FileManager.default.copyItem(at: folder, to: copy)
            defer { try? FileManager.default.removeItem(at: copy) }
            try wrong.apply(to: copy)
            let changed = SoakComparison(simulator: simulator, folder: copy, hasAllSinks: hasAllSinks)
            // What can no longer be read is noticed as well.
            return (try? changed.check().problems.isEmpty) ?? false
        }
        return (wrongs.count, unnoticed.map { "\(folder.lastPathComponent): \($0) would not be noticed" })
    }
}
