#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the system knows of a file.
package struct FileStatus: Sendable, Equatable {
    /// Length in bytes.
    package let size: Int64
    /// Whether it is an ordinary file.
    package let isRegularFile: Bool
    /// Whether it is a folder.
    package let isFolder: Bool
    /// The nine permission bits.
    package let permissions: UInt32

    init(_ status: stat) {
        size = Int64(status.st_size)
        isRegularFile = status.st_mode & S_IFMT == S_IFREG
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        permissions = UInt32(status.st_mode) & 0o777
    }

    /// What is known of what lies at `path`, symbolic links followed; nil when nothing is there.
    package static func of(_ path: String) throws(SystemError) -> FileStatus? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw .last
        }
        return FileStatus(status)
    }
}
