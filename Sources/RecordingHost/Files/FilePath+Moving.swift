#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension FilePath {
    /// Gives a file another name in the same file system; what has that name is replaced in the same step.
    package static func move(_ path: String, to target: String) throws(SystemError) {
        guard unsafe rename(path, target) == 0 else { throw .last }
    }

    /// Gives a file a second name, which must be free.
    package static func addName(_ target: String, to path: String) throws(SystemError) {
        guard unsafe link(path, target) == 0 else { throw .last }
    }

    /// Takes a file's name away; nothing happens when there is none.
    package static func remove(_ path: String) throws(SystemError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .last }
    }
}
