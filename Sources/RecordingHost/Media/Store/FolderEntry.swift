import Digest
import RecordingKit

/// One file's place in a folder, and the blocking calls on it.
struct FolderEntry: Sendable {
    private let root: String
    private let path: MediaPath
    private let folders: [Substring]
    private let name: String

    /// How often a place is made anew that another task's clean-up takes away meanwhile.
    private static let attempts = 10

    init(_ path: MediaPath, root: String) {
        self.root = root
        self.path = path
        let segments = path.text.split(separator: "/")
        folders = segments.dropLast()
        name = String(segments[segments.count - 1])
    }

    func size() throws(SystemError) -> Int64? {
        guard let folder = try existingFolder(), let status = try folder.status(of: name) else { return nil }
        guard status.isRegularFile else { throw .notAFile }
        return status.size
    }

    func open() throws(SystemError) -> OpenFile {
        try OpenFolder(root).folder(folders).file(name)
    }

    func store(_ media: SpooledMedia) throws {
        guard let (spool, spooledName) = try spoolFolder(media.file) else { throw FolderFailure.outside(root) }
        guard try spool.status(of: spooledName) != nil else {
            // A run that was killed behind the renaming comes back to find its work done.
            return try checkExisting(media)
        }
        let file = try spool.file(spooledName)
        guard try file.status().size == media.bytes else { throw FolderFailure.otherSize(path) }
        try file.setPermissions(0o600)
        try file.synchronize()
        if try move(spooledName, of: spool) { return }
        try checkExisting(media)
        _ = try spool.remove(spooledName)
        try spool.synchronize()
    }

    func quarantine() throws {
        let target = FolderEntry(path.quarantined, root: root)
        guard let folder = try existingFolder(), try folder.status(of: name) != nil else {
            guard try target.size() != nil else { throw FolderFailure.missing(path) }
            return
        }
        if try !target.move(name, of: folder) {
            guard let kept = try target.description(), try kept == description() else {
                throw FolderFailure.otherContent(path.quarantined)
            }
            _ = try folder.remove(name)
        }
        try folder.synchronize()
        try removeEmptyFolders()
    }

    func remove() throws(SystemError) {
        guard let folder = try existingFolder() else { return }
        if try folder.remove(name) { try folder.synchronize() }
        try removeEmptyFolders()
    }

    // MARK: - Steps

    /// Renames a file into this place and makes the name durable; false when the place is taken.
    private func move(_ source: String, of spool: OpenFolder) throws(SystemError) -> Bool {
        var attempt = 1
        while true {
            do throws(SystemError) {
                let folder = try madeFolder()
                try spool.move(source, to: folder, as: name)
                try folder.synchronize()
                return true
            } catch  where error.isExistingFile {
                return false
            } catch  where error.isMissing && attempt < Self.attempts {
                attempt += 1
            }
        }
    }

    /// The folder that the file lies in, made with those above it where they are missing.
    private func madeFolder() throws(SystemError) -> OpenFolder {
        var folder = try madeRoot()
        for segment in folders {
            let name = String(segment)
            if try folder.makeFolder(name) { try folder.synchronize() }
            folder = try folder.folder(name)
        }
        return folder
    }

    private func madeRoot() throws(SystemError) -> OpenFolder {
        do throws(SystemError) {
            return try OpenFolder(root)
        } catch  where error.isMissing {
            try FilePath.makeFolder(root)
            try OpenFolder(FilePath.folder(root)).synchronize()
            return try OpenFolder(root)
        }
    }

    private func existingFolder() throws(SystemError) -> OpenFolder? {
        do throws(SystemError) {
            return try OpenFolder(root).folder(folders)
        } catch  where error.isMissing {
            return nil
        }
    }

    /// The folder in which a spooled file lies, reached from the root; nil when it is not below it.
    private func spoolFolder(_ file: String) throws(SystemError) -> (OpenFolder, String)? {
        let folder = FilePath.absolute(FilePath.folder(file))
        guard folder == root || folder.hasPrefix(root + "/") else { return nil }
        let segments = folder.dropFirst(root.utf8.count).split(separator: "/")
        return (try OpenFolder(root).folder(segments), FilePath.name(file))
    }

    /// Passes when the place holds the file that was to be put there.
    private func checkExisting(_ media: SpooledMedia) throws {
        guard let found = try description() else { throw FolderFailure.missing(path) }
        guard found.size == media.bytes, found.sha256 == media.sha256 else { throw FolderFailure.otherContent(path) }
        // The run that put it there may have ended before its name was durable.
        try existingFolder()?.synchronize()
    }

    private struct Content: Equatable {
        let size: Int64
        let sha256: String
    }

    private func description() throws -> Content? {
        guard try size() != nil else { return nil }
        let file = try open()
        var hash = try SHA256()
        var size: Int64 = 0
        while true {
            let part = try file.read(at: size, count: 1 << 20)
            guard !part.isEmpty else { break }
            try hash.update(part)
            size += Int64(part.count)
        }
        return Content(size: size, sha256: try hash.finalize().lowercaseHex)
    }

    private func removeEmptyFolders() throws(SystemError) {
        var rest = folders[...]
        while let last = rest.popLast() {
            do throws(SystemError) {
                let parent = try OpenFolder(root).folder(rest)
                guard try parent.removeFolder(String(last)) else { return }
                try parent.synchronize()
            } catch  where error.isMissing {
                continue
            }
        }
    }
}
