#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The one owner of a folder's descriptor: what lies in the folder is reached through it, name by name.
///
/// A name is one segment of a path and never followed when it is a symbolic link, so that nobody can lead a caller elsewhere, also
/// not while a path is walked. It may be used on several threads at once.
package final class OpenFolder: Sendable {
    private let descriptor: Int32

    /// Opens the folder at `path`, whose last segment must be no symbolic link.
    ///
    /// - Throws: what the system said: `ENOTDIR` for anything but a folder.
    package convenience init(_ path: String) throws(SystemError) {
        try self.init(checking: unsafe open(path, Self.flags))
    }

    private init(checking descriptor: Int32) throws(SystemError) {
        guard descriptor >= 0 else { throw .last }
        self.descriptor = descriptor
    }

    deinit { _ = close(descriptor) }

    private static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

    /// Opens a folder in this one.
    package func folder(_ name: String) throws(SystemError) -> OpenFolder {
        try OpenFolder(checking: unsafe openat(descriptor, name, Self.flags))
    }

    /// Opens the folder that a path leads to, segment by segment; none leads to this one.
    package func folder(_ segments: some Sequence<Substring>) throws(SystemError) -> OpenFolder {
        var folder = self
        for segment in segments { folder = try folder.folder(String(segment)) }
        return folder
    }

    /// Makes a folder in this one, for its owner alone; false when there is something of that name.
    package func makeFolder(_ name: String) throws(SystemError) -> Bool {
        if unsafe mkdirat(descriptor, name, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw .last }
        return false
    }

    /// Opens an ordinary file for reading.
    ///
    /// - Throws: what the system said: `ELOOP` for a symbolic link, `EINVAL` for anything else but a file.
    package func file(_ name: String) throws(SystemError) -> OpenFile {
        // A pipe without a writer would hold the call until there is one.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let opened = unsafe openat(descriptor, name, flags)
        guard opened >= 0 else { throw .last }
        let file = OpenFile(owning: opened)
        let status = try file.status()
        guard status.isRegularFile else { throw .notAFile }
        return file
    }

    /// Opens an ordinary file for reading and appending, and makes it, for its owner alone, where it is missing.
    ///
    /// - Throws: what the system said: `ELOOP` for a symbolic link.
    package func appendableFile(_ name: String) throws(SystemError) -> (file: OpenFile, isNew: Bool) {
        let flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let existing = unsafe openat(descriptor, name, flags)
        if existing >= 0 {
            let file = OpenFile(owning: existing)
            guard try file.status().isRegularFile else { throw .notAFile }
            return (file, false)
        }
        guard errno == ENOENT else { throw .last }
        let made = unsafe openat(descriptor, name, flags | O_CREAT | O_EXCL, 0o600)
        guard made >= 0 else { throw .last }
        let file = OpenFile(owning: made)
        try file.setPermissions(0o600)
        return (file, true)
    }

    /// What has this name, a symbolic link itself and not what it leads to; nil when there is nothing.
    package func status(of name: String) throws(SystemError) -> FileStatus? {
        var status = stat()
        guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .last
        }
        return FileStatus(status)
    }

    /// Gives a file another name, which must be free, in this folder or another one of the same file system.
    ///
    /// - Throws: what the system said: `EEXIST` when the name is taken.
    package func move(_ name: String, to folder: OpenFolder, as target: String) throws(SystemError) {
        #if canImport(Darwin)
        if unsafe renameatx_np(descriptor, name, folder.descriptor, target, UInt32(RENAME_EXCL)) == 0 { return }
        let isUnknown = errno == ENOTSUP || errno == EINVAL
        #else
        var isUnknown = true
        if let rename = unsafe Self.renameWithFlags {
            if unsafe rename(descriptor, name, folder.descriptor, target, Self.noReplace) == 0 { return }
            isUnknown = errno == ENOSYS || errno == EINVAL
        }
        #endif
        guard isUnknown else { throw .last }
        // A second name is given only when it is free, on every file system that knows second names.
        guard unsafe linkat(descriptor, name, folder.descriptor, target, 0) == 0 else { throw .last }
        guard unsafe unlinkat(descriptor, name, 0) == 0 else { throw .last }
    }

    #if !canImport(Darwin)
    private typealias RenameWithFlags =
        @Sendable @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

    /// Fails rather than replaces (`RENAME_NOREPLACE`).
    private static let noReplace: UInt32 = 1

    // The headers hide renameat2 from Swift, and older C libraries do not have it.
    private static let renameWithFlags: RenameWithFlags? = unsafe dlsym(nil, "renameat2").map {
        unsafe unsafeBitCast($0, to: RenameWithFlags.self)
    }
    #endif

    /// Takes a file's name away; false when there is none.
    package func remove(_ name: String) throws(SystemError) -> Bool {
        if unsafe unlinkat(descriptor, name, 0) == 0 { return true }
        guard errno == ENOENT else { throw .last }
        return false
    }

    /// Removes a folder; false when it is not empty or gone already.
    package func removeFolder(_ name: String) throws(SystemError) -> Bool {
        if unsafe unlinkat(descriptor, name, AT_REMOVEDIR) == 0 { return true }
        guard errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT else { throw .last }
        return false
    }

    /// Makes names that were given and taken away here survive a power failure.
    package func synchronize() throws(SystemError) {
        #if canImport(Darwin)
        if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
        #endif
        guard fsync(descriptor) == 0 else { throw .last }
    }
}

// MARK: - Listing

extension OpenFolder {
    /// Something in a folder.
    package struct Entry: Sendable {
        /// Its name; bytes that are no UTF-8 are replaced.
        package let name: String
        /// Whether it is a folder that can be opened by its name; a symbolic link never is.
        package let isFolder: Bool
    }

    /// What lies in the folder, sorted by name.
    package func entries() throws(SystemError) -> [Entry] {
        // The stream takes its descriptor over.
        let opened = unsafe openat(descriptor, ".", Self.flags)
        guard opened >= 0 else { throw .last }
        guard let stream = unsafe fdopendir(opened) else {
            let failure = SystemError.last
            _ = close(opened)
            throw failure
        }
        defer { unsafe closedir(stream) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let found = unsafe readdir(stream) else {
                guard errno == 0 else { throw .last }
                break
            }
            let bytes = unsafe withUnsafeBytes(of: &found.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            let name = String(decoding: bytes, as: UTF8.self)
            guard name != ".", name != ".." else { continue }
            let isFolder = Array(name.utf8) == bytes ? try status(of: name)?.isFolder ?? false : false
            entries.append(Entry(name: name, isFolder: isFolder))
        }
        return entries.sorted { $0.name < $1.name }
    }
}
