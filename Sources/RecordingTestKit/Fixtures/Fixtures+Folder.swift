import RawJSON
import RecordingHost
import RecordingKit

extension Fixtures {
    /// The largest file that is read, 64 MiB.
    private static let largestFile = 64 << 20

    /// Reads the three files of a folder.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when a file cannot be read or is not what it should be.
    public init(folder: String) throws {
        let head = try Fixtures.object(in: folder, "fixtures.json")
        guard let now = head["now"]?.string.flatMap({ Timestamp($0) }) else {
            throw Fixtures.broken("fixtures.json", "has no time under \"now\"")
        }
        let lines = try Fixtures.content(of: folder, "exchanges.jsonl")
            .split(separator: UInt8(ascii: "\n"))
        let standard = ReadingExtent()
        self.init(
            exchanges: try lines.map { try RecordedExchange(line: Array($0)) },
            settings: SettingValue.members(of: try Fixtures.object(in: folder, "settings.json")),
            now: now,
            since: head["since"]?.string.flatMap { Timestamp($0) },
            extent: ReadingExtent(
                listings: head["listings"]?.integer.map(Int.init) ?? standard.listings,
                pages: head["pages"]?.integer.map(Int.init) ?? standard.pages,
                details: head["details"]?.integer.map(Int.init) ?? standard.details,
                media: head["media"]?.boolean ?? standard.media
            ),
            note: head["note"]?.string ?? ""
        )
    }

    /// The contents of the three files, by name.
    public var files: [String: [UInt8]] {
        var lines = JSONWriter()
        for exchange in exchanges {
            exchange.write(to: &lines)
            lines.newline()
        }
        var values = JSONWriter()
        SettingValue.object(settings).write(to: &values)
        values.newline()
        var head = JSONWriter()
        writeHead(to: &head)
        return ["exchanges.jsonl": lines.take(), "settings.json": values.take(), "fixtures.json": head.take()]
    }

    /// Writes the three files, and makes the folder where it is missing; files that are there are replaced.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when the system refuses.
    public func write(to folder: String) throws {
        do {
            try FilePath.makeFolder(folder)
            let opened = try OpenFolder(folder)
            for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
                _ = try opened.remove(name)
                let file = try OpenFile("\(folder)/\(name)", as: .new)
                var rest = bytes[...]
                while !rest.isEmpty { rest = rest.dropFirst(try file.write(Array(rest.prefix(1 << 20)).span)) }
            }
        } catch {
            throw TapedeckError(.configurationInvalid, "The fixtures cannot be written: \(error).")
        }
    }

    private func writeHead(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("now")
        writer.string(now.description)
        if let since {
            writer.name("since")
            writer.string(since.description)
        }
        for (name, count) in [("listings", extent.listings), ("pages", extent.pages), ("details", extent.details)] {
            writer.name(name)
            writer.integer(count)
        }
        writer.name("media")
        writer.boolean(extent.media)
        writer.name("note")
        writer.string(note)
        writer.endObject()
        writer.newline()
    }

    private static func object(in folder: String, _ name: String) throws -> JSONValue {
        let bytes = try content(of: folder, name)
        guard let root = try? JSONDocument(parsing: bytes).root, root.kind == .object else {
            throw broken(name, "is no JSON object")
        }
        return root
    }

    private static func content(of folder: String, _ name: String) throws -> [UInt8] {
        do {
            let file = try OpenFile("\(folder)/\(name)", as: .reading)
            let size = try file.status().size
            guard size <= largestFile else { throw broken(name, "is larger than 64 MiB") }
            var bytes: [UInt8] = []
            while bytes.count < size {
                let piece = try file.read(at: Int64(bytes.count), count: Int(size) - bytes.count)
                guard !piece.isEmpty else { break }
                bytes += piece
            }
            return bytes
        } catch let error as SystemError {
            throw broken(name, "cannot be read: \(error)")
        }
    }

    private static func broken(_ name: String, _ what: String) -> TapedeckError {
        TapedeckError(.configurationInvalid, "\(name) of the fixtures \(what).")
    }
}
