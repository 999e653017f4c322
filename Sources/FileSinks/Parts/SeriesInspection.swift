import RecordingHost
import RecordingKit

/// One kind's files as they were found, compared with what the ledger says, before anything is changed.
struct SeriesInspection {
    /// Far more than a run writes between two commits: more than that behind a commit was written by later runs.
    static let longestTail: Int64 = 64 << 20

    /// How much may stand behind a position.
    static func longestTail(behind position: SinkPosition?) -> Int64 {
        if position?.isBeforeFilling == true { return .max }
        return position?.isFinal == true ? 0 : longestTail
    }

    private let folder: LineFolder
    private let finished: [LineSeries.Extent]
    private let name: PartName
    private let length: Int64
    private let mark: FileMark
    private let file: OpenFile?
    private let verdict: Remains.Verdict
    /// Files that were begun behind the last commit.
    private let leftovers: [Leftover]

    private struct Leftover {
        let name: PartName
        let file: OpenFile
        let length: Int64
        let verdict: Remains.Verdict
    }

    /// Whether the file to write to has to be made.
    var isNew: Bool { file == nil }

    /// - Throws: `TapedeckError` with code `sink_failed` when something is not as it should be.
    init(
        folder: LineFolder,
        kind: RecordKind,
        known: [LineSeries.Extent],
        present: [PartName],
        isKnown: Bool,
        longestTail: Int64 = SeriesInspection.longestTail
    ) throws {
        self.folder = folder
        finished = Array(known.dropLast())
        let name = known.last?.name ?? folder.settings.firstName(kind, format: folder.format.name)
        self.name = name
        let length = known.last?.length ?? 0
        self.length = length
        for extent in finished { try folder.checkFinished(extent) }
        let file = try folder.openExisting(name)
        self.file = file
        if let file { try folder.lock(file) }
        mark = try folder.check(file, name, length: length, mark: known.last?.mark)
        verdict = try folder.inspectTail(file, name, from: length, isKnown: isKnown, longest: longestTail)
        let others = present.filter { known.isEmpty ? $0 != name : $0.number > name.number }
        leftovers = try others.compactMap { other in
            guard let file = try folder.openExisting(other) else { return nil }
            try folder.lock(file)
            let length = try folder.size(file, other)
            guard length > 0 else { return nil }
            let verdict = try folder.inspectTail(file, other, from: 0, isKnown: isKnown, longest: longestTail)
            return Leftover(name: other, file: file, length: length, verdict: verdict)
        }
        // A run begins at most one file of a kind between two commits.
        if leftovers.count > 1, longestTail < .max { throw folder.surplus(leftovers[1].name.text, leftovers[1].length) }
    }

    /// Cuts the files back and opens them for writing.
    func settle() throws -> LineSeries {
        for leftover in leftovers { try cutBack(leftover.file, leftover.name, to: 0, leftover.verdict) }
        return LineSeries(
            finished: finished,
            current: try current(),
            mustBegin: !folder.settings.continues(name)
        )
    }

    private func current() throws -> LineFile {
        guard let file else { return try folder.begin(name) }
        try cutBack(file, name, to: length, verdict)
        if length == 0 { return try folder.start(file, name) }
        return try folder.attempt(name.text) { try LineFile(name: name, file: file, length: length, mark: mark) }
    }
}

extension SeriesInspection {
    private func cutBack(_ file: OpenFile, _ name: PartName, to length: Int64, _ verdict: Remains.Verdict) throws {
        if case .unclear(let start) = verdict { try folder.keep(file, name, from: start) }
        try folder.cutBack(file, name, to: length)
    }
}

extension LineFolder {
    /// Compares a file that is never touched again with what the ledger says; it may have been moved away.
    fileprivate func checkFinished(_ extent: LineSeries.Extent) throws {
        guard let file = try open(extent.name, as: .reading) else { return }
        guard try size(file, extent.name) == extent.length else { throw changed(extent.name.text) }
        _ = try check(file, extent.name, length: extent.length, mark: extent.mark)
    }

    /// Compares what stands before an offset with what the ledger says.
    func check(_ file: OpenFile?, _ name: PartName, length expected: Int64, mark: UInt64?) throws -> FileMark {
        let actual = try attempt(name.text) { try file?.status().size ?? 0 }
        guard actual >= expected else {
            throw refusal(
                "\(shown(name.text)) holds \(actual) bytes, but the ledger says that \(expected) were written: "
                    + Self.repair
            )
        }
        guard let file, expected > 0 else { return FileMark() }
        let found = try attempt(name.text) { try FileMark.read(file, before: expected) }
        if let mark, found.hash != mark { throw changed(name.text) }
        guard name.compression != .none || found.endsLine else {
            throw refusal(
                "\(shown(name.text)) has no line end after \(expected) bytes, where the ledger says that the last line ends: "
                    + Self.repair
            )
        }
        return found
    }

    /// Looks at what lies behind the last commit.
    fileprivate func inspectTail(
        _ file: OpenFile?,
        _ name: PartName,
        from start: Int64,
        isKnown: Bool,
        longest: Int64
    ) throws -> Remains.Verdict {
        guard let file else { return .own(records: 0) }
        let end = try size(file, name)
        guard end > start else { return .own(records: 0) }
        if !isKnown, format.header(of: name.kind).isEmpty { throw stranger(name.text, end) }
        guard longest == 0 || end - start <= longest else { throw surplus(name.text, end - start) }
        let verdict = try attempt(name.text) { try Remains(format: format, name: name).judge(file, start..<end) }
        guard isKnown else {
            guard verdict == .own(records: 0) else { throw stranger(name.text, end) }
            return verdict
        }
        if case .foreign(let line) = verdict {
            guard name.compression == .none else { throw addition(name.text, line: nil) }
            let before = try attempt(name.text) { try countLines(file, start, name) }
            throw addition(name.text, line: before + line)
        }
        guard longest > 0 else { throw surplus(name.text, end - start) }
        return verdict
    }

    fileprivate func cutBack(_ file: OpenFile, _ name: PartName, to length: Int64) throws {
        try attempt(name.text) {
            guard try file.status().size > length else { return }
            try file.truncate(to: length)
            try operations.synchronize(file)
        }
    }

    /// Keeps a piece that is going to be cut off, and that may be somebody's work, in a file beside.
    fileprivate func keep(_ file: OpenFile, _ name: PartName, from start: Int64) throws {
        let beside = name.text + ".cut-off"
        try attempt(beside) {
            let piece = try file.readFully(at: start, count: Int(try file.status().size - start)) + [UInt8(ascii: "\n")]
            let target: OpenFile
            do throws(SystemError) {
                target = try OpenFile(path(beside), as: .new)
            } catch {
                guard error.isExistingFile else { throw error }
                target = try OpenFile(path(beside), as: .existing)
            }
            var written = 0
            while written < piece.count {
                written += try operations.write(target, piece.span.extracting(written..<piece.count))
            }
            try operations.synchronize(target)
        }
    }

    /// How many lines stand before an offset.
    func countLines(_ file: OpenFile, _ end: Int64, _ name: PartName) throws -> Int {
        var reader = try LineReader(file, 0..<end, name.compression)
        while try reader.next() != nil {}
        return reader.count
    }
}
