import Digest
import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit

/// The files of an archive, byte for byte against those of the platforms.
struct StoredMedia {
    let simulator: PlatformSimulator
    let archive: Archive
    let folder: URL

    /// What is wrong, a few of each kind, and how many files and bytes are as they should be.
    struct Finding {
        var files = 0
        var bytes = 0
        var problems: [String] = []
    }

    func check() throws -> Finding {
        var finding = Finding()
        let lines = try archive.records(.media).reduce(into: [String: JSONValue]()) { last, line in
            let key = ["source", "recording_id", "rendition"].map { line[$0]?.string ?? "" }.joined(separator: "/")
            last[key] = line
        }
        for truth in simulator.mediaTruth() {
            let source = truth.file.platform == .kismet ? "clinic" : "acme"
            let name = "\(source)/\(truth.file.recordingID)/\(truth.file.rendition)"
            do {
                if let problem = try problem(of: truth, lines[name], &finding) {
                    finding.problems.append("\(name): \(problem)")
                }
            } catch {
                finding.problems.append("\(name): \(error)")
            }
        }
        let spooled = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/.spool")) ?? []
        if !spooled.isEmpty { finding.problems.append("\(spooled.count) downloads are left over") }
        return finding
    }

    private func problem(of truth: MediaTruth, _ line: JSONValue?, _ finding: inout Finding) throws -> String? {
        let state = line?["state"]?.string ?? "nothing"
        guard truth.state == .available else {
            return state == "\(truth.state)" ? nil : "is \(truth.state) and the archive says \(state)"
        }
        guard state == "stored", let path = line?["path"]?.string else {
            return "is there and the archive says \(state): \(line?["reason"]?.string ?? "")"
        }
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: path)))
        // A fault may have changed the file while it was fetched; either version is one that the platform had.
        let isWhole =
            bytes == truth.content.bytes(in: 0..<truth.length)
            || simulator.mediaContent(of: truth.file, version: 1).map { bytes == $0.bytes(in: 0..<$0.length) } ?? false
        guard isWhole else { return "its \(bytes.count) bytes are not those of the platform, \(truth.length)" }
        guard line?["bytes"]?.integer == Int64(bytes.count),
            line?["sha256"]?.string == (try SHA256.hash(bytes).lowercaseHex)
        else { return "the record says another size or another hash" }
        finding.files += 1
        finding.bytes += bytes.count
        return nil
    }
}
