#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A system call that failed, without the path it was given.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    /// `errno` after the call.
    package let number: Int32

    /// Describes a failure by its `errno`.
    package init(number: Int32) { self.number = number }

    /// The failure of the call that was just made on this thread.
    package static var last: SystemError { SystemError(number: errno) }

    /// Something else than an ordinary file has the name of one.
    package static let notAFile = SystemError(number: EINVAL)

    /// A failure of the device.
    package static let inputOutput = SystemError(number: EIO)

    /// Whether a new file was asked for where one is already.
    package var isExistingFile: Bool { number == EEXIST }
    /// Whether nothing lies at the path.
    package var isMissing: Bool { number == ENOENT }
    /// Whether a folder lies where a file was expected.
    package var isFolder: Bool { number == EISDIR }
    /// Whether something else lies where a folder was expected.
    package var isNotAFolder: Bool { number == ENOTDIR }
    /// Whether a symbolic link lies where the file itself was expected.
    package var isSymbolicLink: Bool { number == ELOOP }
    /// Whether the process lacks the right, or the file system is mounted for reading only.
    package var isDenied: Bool { number == EACCES || number == EPERM || number == EROFS }
    /// Whether the file system is mounted for reading only.
    package var isReadOnly: Bool { number == EROFS }
    /// Whether the file system has no space left.
    package var isFullDisk: Bool { number == ENOSPC }
    /// Whether the owner's share of the file system is used up.
    package var isFullQuota: Bool { number == EDQUOT }
    /// Whether the file would become larger than the process or the file system allows.
    package var isSizeLimit: Bool { number == EFBIG }
    /// Whether a signal came before the call did anything.
    package var isInterruption: Bool { number == EINTR }
    /// Whether the same call may work in a moment.
    package var isTemporary: Bool { number == EAGAIN || number == EWOULDBLOCK }

    /// The system's text for the failure.
    package var description: String {
        guard let text = unsafe strerror(number) else { return "error \(number)" }
        return unsafe String(cString: text)
    }
}
