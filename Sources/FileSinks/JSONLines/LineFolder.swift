import RecordingHost
import RecordingKit

/// Opens a folder of line files at a position: looks first, and changes something only when everything is as it should be.
struct LineFolder {
    /// The folder's path.
    let path: String
    /// The files' names; the first carries the lock.
    let names: [String]

    /// Opens the files, makes those that are missing, and cuts them back to `position`.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`; nothing is changed when it says that the files are not at the position.
    func open(at position: SinkPosition?) throws -> [LineFile] {
        let existing = try names.map(openExisting)
        if let first = existing.first ?? nil { try lock(first) }
        let lengths = try expectedLengths(position)
        for (index, name) in names.enumerated() {
            try check(existing[index], name, length: lengths[index], isKnown: position != nil)
        }
        let isNew = existing.contains { $0 == nil }
        if isNew { try makeFolder() }
        var files: [LineFile] = []
        for (index, name) in names.enumerated() {
            let file =
                try existing[index] ?? attempt(name) { () throws(SystemError) in try OpenFile(path(name), as: .new) }
            if index == 0, existing[index] == nil { try lock(file) }
            try cutBack(file, name, to: lengths[index])
            files.append(LineFile(name: name, file: file, length: lengths[index]))
        }
        if isNew { try synchronizeFolder() }
        return files
    }

    /// Runs a system call and says which file it was about when it fails.
    func attempt<Result>(_ name: String, _ body: () throws(SystemError) -> Result) throws -> Result {
        do throws(SystemError) {
            return try body()
        } catch {
            throw failure(error, name)
        }
    }

    /// What a failed system call means and what to do.
    func failure(_ error: SystemError, _ name: String) -> TapedeckError {
        let shown = shown(name)
        if error.isFullDisk {
            return refusal("the disk is full, \(shown) could not be written: free space and run again; nothing is lost")
        }
        if error.isFullQuota {
            return refusal(
                "the disk quota is used up, \(shown) could not be written: free space and run again; nothing is lost"
            )
        }
        if error.isSizeLimit {
            return refusal(
                "\(shown) would grow beyond the largest size allowed: raise the limit, or begin a new folder"
            )
        }
        if error.isSymbolicLink {
            return refusal("\(shown) is a symbolic link: put the file itself there, or choose another folder")
        }
        if error.isDenied {
            return refusal("\(shown) may not be written: check the owner and permissions of the file and of its folder")
        }
        return refusal("\(shown) failed: \(error)")
    }

    /// A refusal in words.
    func refusal(_ reason: String) -> TapedeckError { TapedeckError(.sinkFailed, reason) }

    /// The file as people are shown it: with its folder's name and no more of the path.
    func shown(_ name: String) -> String { "\(FilePath.name(path))/\(name)" }

    private func path(_ name: String) -> String { path + "/" + name }

    private func openExisting(_ name: String) throws -> OpenFile? {
        let file: OpenFile
        do throws(SystemError) {
            file = try OpenFile(path(name), as: .existing)
        } catch {
            if error.isMissing { return nil }
            if error.isFolder { throw notAFile(name) }
            throw failure(error, name)
        }
        let status = try attempt(name) { () throws(SystemError) in try file.status() }
        guard status.isRegularFile else { throw notAFile(name) }
        return file
    }

    private func notAFile(_ name: String) -> TapedeckError {
        refusal("\(shown(name)) is not an ordinary file: move it away, or choose another folder")
    }

    private func lock(_ file: OpenFile) throws {
        guard try attempt(names[0], { () throws(SystemError) in try file.lock() }) else {
            throw refusal(
                "another run is writing into the folder \(FilePath.name(path)): wait until it ends, or choose another folder"
            )
        }
    }

    private func expectedLengths(_ position: SinkPosition?) throws -> [Int64] {
        if let foreign = position?.offsets.keys.sorted().first(where: { !names.contains($0) }) {
            throw refusal(
                "the ledger knows of \(shown(foreign)), which this program does not write: use the newer program"
            )
        }
        return names.map { max(0, position?.offsets[$0] ?? 0) }
    }

    private func check(_ file: OpenFile?, _ name: String, length expected: Int64, isKnown: Bool) throws {
        let actual = try attempt(name) { () throws(SystemError) in try file?.status().size ?? 0 }
        if !isKnown, actual > 0 {
            throw refusal(
                "\(shown(name)) already holds \(actual) bytes that this ledger knows nothing of: "
                    + "move the file away, or use the ledger that wrote it"
            )
        }
        guard actual >= expected else {
            throw refusal(
                "\(shown(name)) holds \(actual) bytes, but the ledger says that \(expected) were written: "
                    + "put the whole file back, or begin anew with an empty folder and a new ledger"
            )
        }
        guard let file, expected > 0 else { return }
        let last = try attempt(name) { () throws(SystemError) in try file.read(at: expected - 1, count: 1) }
        guard last == [UInt8(ascii: "\n")] else {
            throw refusal(
                "\(shown(name)) has no line end after \(expected) bytes, where the ledger says that the last line ends: "
                    + "put the file back as it was, or begin anew with an empty folder and a new ledger"
            )
        }
    }

    private func cutBack(_ file: OpenFile, _ name: String, to length: Int64) throws {
        try attempt(name) { () throws(SystemError) in
            guard try file.status().size > length else { return }
            try file.truncate(to: length)
            try file.synchronize()
        }
    }

    private func makeFolder() throws {
        let isFolder: Bool
        do throws(SystemError) {
            try FilePath.makeFolder(path)
            isFolder = try FileStatus.of(path)?.isFolder == true
        } catch {
            throw refusal("the folder \(FilePath.name(path)) cannot be made: \(error)")
        }
        guard isFolder else {
            throw refusal("\(FilePath.name(path)) is not a folder: move it away, or choose another folder")
        }
    }

    /// New files survive a power failure only once their entries in the folder are on the disk.
    private func synchronizeFolder() throws {
        try attempt("") { () throws(SystemError) in try OpenFile(path, as: .folder).synchronize() }
        // The folder's own entry matters when it was made just now. The one above may not be readable, and then it was there before.
        try? OpenFile(FilePath.folder(path), as: .folder).synchronize()
    }
}
