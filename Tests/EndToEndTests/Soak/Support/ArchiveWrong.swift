import Foundation
import RawJSON

@testable import SQLiteStore

/// Something wrong that is done to an archive on purpose, to see that it is noticed.
enum ArchiveWrong: String, Sendable, CaseIterable {
    /// A record is taken out of the JSON Lines, all versions of it.
    case loss
    /// A record stands there twice.
    case `repeat`
    /// A media file has other bytes.
    case file
    /// A download is left over.
    case spool
    /// The database lacks a record.
    case row
    /// The spreadsheets lack a record.
    case cell
    /// The compressed files lack one.
    case part
    /// The ledger holds a secret.
    case secret

    /// Those that concern the records and files of an archive, with or without spreadsheets and compressed files.
    static func inRecords(allSinks: Bool) -> [ArchiveWrong] {
        [.loss, .repeat, .file, .spool, .row] + (allSinks ? [.cell, .part] : [])
    }

    /// Does it to an archive, which must have something of each kind.
    func apply(to data: URL) throws {
        let out = data.appending(path: "out")
        switch self {
        case .loss: try remove(from: "recordings.jsonl", in: out)
        case .repeat: try change(out.appending(path: "recordings.jsonl")) { $0.append($0[$0.count - 1]) }
        case .cell: try remove(from: "recordings.csv", in: out)
        case .part: try FileManager.default.removeItem(at: first(".jsonl.zst", in: data.appending(path: "parts")))
        case .spool: try Data().write(to: data.appending(path: "media/.spool/left"))
        case .file:
            let handle = try FileHandle(forUpdating: first(".mp4", in: data.appending(path: "media/acme")))
            try handle.seek(toOffset: 1_000)
            try handle.write(contentsOf: Data([1, 2, 3]))
            try handle.close()
        case .row:
            let connection = try SQLiteConnection(path: out.appending(path: "recordings.db").path, readOnly: false)
            try connection.execute("DELETE FROM recordings WHERE rowid = (SELECT min(rowid) FROM recordings)")
        case .secret:
            let connection = try SQLiteConnection(path: data.appending(path: "tapedeck.db").path, readOnly: false)
            try connection.execute("CREATE TABLE other AS SELECT '\(SoakSite.secrets[1])' AS name")
        }
    }

    /// Removes every version of one record, because of several only the last one is compared.
    private func remove(from name: String, in out: URL) throws {
        let records = try Data(contentsOf: out.appending(path: "recordings.jsonl")).split(separator: UInt8(ascii: "\n"))
        // The ids of Webex are long enough to be nowhere else.
        let ids = records.compactMap { line -> String? in
            guard let record = try? JSONDocument(parsing: Array(line)).root, record["source"]?.string == "acme"
            else { return nil }
            return record["id"]?.string
        }
        guard let id = ids.first else { throw SinkKind.Damage("there is no record to do wrong") }
        try change(out.appending(path: name)) { $0.removeAll { $0.contains(id) } }
    }

    private func change(_ file: URL, _ body: (inout [Substring]) -> Void) throws {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let end: Character = text.contains("\r\n") ? "\r\n" : "\n"
        var lines = text.split(separator: end)
        guard lines.count > 2 else { throw SinkKind.Damage("\(file.lastPathComponent) has nothing to do wrong") }
        body(&lines)
        try Data(lines.map { $0 + String(end) }.joined().utf8).write(to: file)
    }

    private func first(_ suffix: String, in folder: URL) throws -> URL {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        guard let name = names.filter({ $0.hasSuffix(suffix) }).min() else {
            throw SinkKind.Damage("\(folder.lastPathComponent) has no \(suffix) to do wrong")
        }
        return folder.appending(path: name)
    }
}
