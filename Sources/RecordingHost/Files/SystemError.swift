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

    /// Whether a new file was asked for where one is already.
    package var isExistingFile: Bool { number == EEXIST }

    /// The system's text for the failure.
    package var description: String {
        guard let text = unsafe strerror(number) else { return "error \(number)" }
        return unsafe String(cString: text)
    }
}
