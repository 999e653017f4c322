import Foundation
import Synchronization

@testable import SQLiteStore

/// A deliberate wrong that a soak must find: `TAPEDECK_SOAK_SABOTAGE` names it.
enum SoakSabotage: String, Sendable {
    /// A record is taken out of the JSON Lines.
    case loss
    /// A record stands there twice.
    case `repeat`
    /// A media file has another byte.
    case file
    /// The database lacks a record.
    case row
    /// The host that stays leaves a descriptor open with every run.
    case descriptor
    /// The host that stays keeps two megabytes of every run.
    case memory

    static let wanted = ProcessInfo.processInfo.environment["TAPEDECK_SOAK_SABOTAGE"].flatMap { Self(rawValue: $0) }

    private static let kept = Mutex<(descriptors: [FileHandle], memory: [[UInt8]])>(([], []))

    /// Does it to an archive that is complete.
    func apply(to data: URL) throws {
        let records = data.appending(path: "out/recordings.jsonl")
        switch self {
        case .loss:
            try change(records) { $0.remove(at: $0.count / 2) }
        case .repeat:
            try change(records) { $0.append($0[$0.count / 2]) }
        case .file:
            let files = FileManager.default.enumerator(atPath: data.appending(path: "media/acme").path)
            guard let name = files?.compactMap({ $0 as? String }).filter({ $0.hasSuffix(".mp4") }).sorted().first else {
                return
            }
            let handle = try FileHandle(forUpdating: data.appending(path: "media/acme/\(name)"))
            try handle.seek(toOffset: 1_000)
            try handle.write(contentsOf: Data([1, 2, 3]))
            try handle.close()
        case .row:
            let connection = try SQLiteConnection(path: data.appending(path: "out/recordings.db").path, readOnly: false)
            try connection.execute("DELETE FROM recordings WHERE rowid = (SELECT min(rowid) FROM recordings)")
        case .descriptor, .memory: return
        }
    }

    /// Does it to the process in which a host stays.
    func afterRun() {
        Self.kept.withLock { kept in
            switch self {
            case .descriptor:
                if let file = FileHandle(forReadingAtPath: "/dev/null") { kept.descriptors.append(file) }
            case .memory: kept.memory.append([UInt8](repeating: 1, count: 2 << 20))
            default: return
            }
        }
    }

    private func change(_ file: URL, _ body: (inout [Substring]) -> Void) throws {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        var lines = text.split(separator: "\n")
        body(&lines)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    }
}
