import RecordingHost
import RecordingKit

/// A folder of files of records: opens them at a position, and begins new ones.
///
/// Looks first, and changes something only when everything is as it should be. Every file that may be written or cut is locked.
struct LineFolder {
    /// The folder's path.
    let path: String
    let format: any RecordFormat
    let settings: RotationSettings
    let operations: FileOperations

    /// What is written, in the order of reading it back.
    static let kinds: [RecordKind] = [.recordings, .accessSummaries, .accessEvents, .media]
    /// Kinds whose files begin with their first record, because most archives have none.
    static let lateKinds: Set<RecordKind> = [.media]

    /// Opens each kind's files, makes those that are missing, and cuts them back to `position`.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`; nothing is changed when it says that the files are not at the position.
    func open(at position: SinkPosition?) throws -> [LineSeries] {
        let present = try partsInFolder()
        let known = try extents(position)
        let begun = Self.kinds.filter { kind in
            !Self.lateKinds.contains(kind) || known.contains { $0.name.kind == kind }
                || present.contains { $0.kind == kind }
        }
        let inspections = try begun.map { kind in
            try SeriesInspection(
                folder: self,
                kind: kind,
                known: known.filter { $0.name.kind == kind },
                present: present.filter { $0.kind == kind },
                isKnown: position != nil,
                longestTail: SeriesInspection.longestTail(behind: position)
            )
        }
        let isNew = inspections.contains { $0.isNew }
        if isNew { try makeFolder() }
        let series = try inspections.map { try $0.settle() }
        if isNew { try synchronize() }
        return series
    }

    /// Makes and locks a file that is not there yet, or is there and empty, and writes its header.
    func begin(_ name: PartName) throws -> LineFile {
        let file = try attempt(name.text) {
            try openExisting(name) ?? OpenFile(path(name.text), as: .new)
        }
        try lock(file)
        guard try attempt(name.text, { try file.status().size }) == 0 else {
            throw stranger(name.text, try size(file, name))
        }
        return try start(file, name)
    }

    /// Takes over an empty file: writes its header and makes that durable.
    func start(_ file: OpenFile, _ name: PartName) throws -> LineFile {
        try attempt(name.text) {
            var line = try LineFile(name: name, file: file, length: 0, mark: FileMark())
            try line.append(format.header(of: name.kind).span, operations)
            try line.finish(operations)
            return line
        }
    }

    /// Opens an ordinary file for writing; nil when there is none.
    func openExisting(_ name: PartName) throws -> OpenFile? { try open(name, as: .existing) }

    /// Opens an ordinary file; nil when there is none.
    func open(_ name: PartName, as use: OpenFile.Use) throws -> OpenFile? {
        let file: OpenFile
        do throws(SystemError) {
            file = try OpenFile(path(name.text), as: use)
        } catch {
            if error.isMissing { return nil }
            throw failure(error, name.text)
        }
        let status = try attempt(name.text) { try file.status() }
        guard status.isRegularFile else { throw notAFile(name.text) }
        return file
    }

    /// Takes a file's lock for as long as it is open.
    func lock(_ file: OpenFile) throws {
        guard try attempt("", { try file.lock() }) else {
            throw refusal(
                "another run is writing into the folder \(FilePath.name(path)): wait until it ends, or choose another folder"
            )
        }
    }

    func size(_ file: OpenFile, _ name: PartName) throws -> Int64 { try attempt(name.text) { try file.status().size } }

    func path(_ name: String) -> String { path + "/" + name }

    /// What a position says of each file, in order.
    func extents(_ position: SinkPosition?) throws -> [LineSeries.Extent] {
        var extents: [LineSeries.Extent] = []
        for (text, length) in position?.offsets ?? [:] {
            guard let name = PartName(text, kinds: Self.kinds, format: format.name) else {
                throw refusal(
                    "the ledger knows of \(shown(text)), which this program does not write: use the newer program"
                )
            }
            extents.append(LineSeries.Extent(name: name, length: max(0, length), mark: position?.marks[text]))
        }
        return extents.sorted { ($0.name.number, $0.name.text) < ($1.name.number, $1.name.text) }
    }

    /// The files of this format that lie in the folder, in order.
    func partsInFolder() throws -> [PartName] {
        let names: [String]
        do throws(SystemError) {
            names = try FilePath.names(in: path)
        } catch {
            if error.isNotAFolder {
                throw refusal("\(FilePath.name(path)) is not a folder: move it away, or choose another folder")
            }
            throw failure(error, "")
        }
        return names.compactMap { PartName($0, kinds: Self.kinds, format: format.name) }
            .sorted { ($0.number, $0.text) < ($1.number, $1.text) }
    }

    /// New files survive a power failure only once their entries in the folder are on the disk.
    func synchronize() throws {
        try attempt("") { try operations.synchronizeFolder(OpenFile(path, as: .folder)) }
        // The folder's own entry matters when it was made just now. The one above may not be readable, and then it was there before.
        try? OpenFile(FilePath.folder(path), as: .folder).synchronize()
    }

    private func makeFolder() throws {
        let isFolder: Bool
        do throws(SystemError) {
            try FilePath.makeFolder(path)
            isFolder = try FileStatus.of(path)?.isFolder == true
        } catch {
            if error.isFullDisk || error.isFullQuota || error.isReadOnly { throw failure(error, "") }
            if error.isDenied {
                throw refusal(
                    "the folder \(FilePath.name(path)) may not be made: check the permissions of the one it lies in"
                )
            }
            throw refusal("the folder \(FilePath.name(path)) cannot be made: \(error); check the one it lies in")
        }
        guard isFolder else {
            throw refusal("\(FilePath.name(path)) is not a folder: move it away, or choose another folder")
        }
    }
}
