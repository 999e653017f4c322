#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The one owner of a file descriptor, which child processes do not inherit.
///
/// Symbolic links in the place of the file are refused. Writing appends. It may be passed on to another thread, and read from
/// on several at once; whoever writes has it alone.
package final class OpenFile: Sendable {
    private let descriptor: Int32

    /// Takes over a descriptor that was opened elsewhere.
    init(owning descriptor: Int32) { self.descriptor = descriptor }

    /// Opens `path`.
    ///
    /// - Throws: what the system said, such as `ELOOP` for a symbolic link and `EEXIST` for a new file that is there already.
    package init(_ path: String, as use: Use) throws(SystemError) {
        let descriptor = unsafe open(path, use.flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last }
        self.descriptor = descriptor
        if use == .new { try setPermissions(0o600) }
    }

    deinit {
        // A child process that is just being started holds a copy of the descriptor until it runs its program, and with it a lock.
        _ = flock(descriptor, LOCK_UN)
        _ = close(descriptor)
    }

    /// What a file is opened for.
    package enum Use {
        /// A file that is there, for reading and appending.
        case existing
        /// A file that is there, for reading alone.
        case reading
        /// A file that is not there yet, readable and writable by its owner alone whatever the umask is.
        case new
        /// A folder, to make its entries durable.
        case folder

        fileprivate var flags: Int32 {
            switch self {
            case .existing: O_RDWR | O_APPEND | O_NOFOLLOW
            case .reading: O_RDONLY | O_NOFOLLOW
            case .new: O_RDWR | O_APPEND | O_NOFOLLOW | O_CREAT | O_EXCL
            case .folder: O_RDONLY | O_DIRECTORY
            }
        }
    }

    /// Size, type and permissions.
    package func status() throws(SystemError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
        return FileStatus(status)
    }

    /// Appends as many of the bytes as the system takes in one call, and returns how many those were.
    package func write(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
        #if canImport(Darwin)
        let written = unsafe bytes.withUnsafeBytes { unsafe Darwin.write(descriptor, $0.baseAddress, $0.count) }
        #elseif canImport(Musl)
        let written = unsafe bytes.withUnsafeBytes { unsafe Musl.write(descriptor, $0.baseAddress, $0.count) }
        #else
        let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        #endif
        guard written >= 0 else { throw .last }
        return written
    }

    /// Waits until the system takes bytes again, for at most `milliseconds`.
    package func waitUntilWritable(milliseconds: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, milliseconds)
    }

    /// The bytes from `offset` on, at most `count` of them.
    package func read(at offset: Int64, count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            let length = unsafe pread(descriptor, buffer.baseAddress, count, off_t(offset))
            if length < 0 { failure = .last }
            initializedCount = max(0, length)
        }
        if let failure { throw failure }
        return bytes
    }

    /// Cuts the file off after `length` bytes.
    package func truncate(to length: Int64) throws(SystemError) {
        while ftruncate(descriptor, off_t(length)) != 0 {
            guard errno == EINTR else { throw .last }
        }
    }

    /// Makes the content, or a folder's entries, survive a power failure.
    package func synchronize() throws(SystemError) {
        #if canImport(Darwin)
        // fsync leaves the data in the drive's own cache on Apple's systems; not every file system knows the stronger call.
        if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
        guard fsync(descriptor) == 0 else { throw .last }
        #else
        guard fdatasync(descriptor) == 0 else { throw .last }
        #endif
    }

    /// Sets who may read and write the file, whatever the umask is.
    package func setPermissions(_ permissions: UInt32) throws(SystemError) {
        guard fchmod(descriptor, mode_t(permissions)) == 0 else { throw .last }
    }

    /// Takes the advisory lock that lives as long as this object; false when another holder has it, also one in this process.
    package func lock() throws(SystemError) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return false
            default: throw .last
            }
        }
        return true
    }
}
