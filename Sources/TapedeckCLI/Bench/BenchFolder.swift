#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A folder for what a run leaves behind.
struct BenchFolder: Sendable {
    let path: String

    /// Makes a folder that nobody else has.
    ///
    /// - Throws: ``CommandFailure`` when the system refuses.
    init(in parent: String) throws(CommandFailure) {
        var template = Array("\(parent)/tapedeck-bench-\(String(repeating: "X", count: 6))".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, let made = unsafe mkdtemp(start) else { return nil }
            return unsafe String(cString: made)
        }
        guard let made else {
            let reason = unsafe String(cString: strerror(errno))
            throw CommandFailure(
                exitCode: .failed,
                message: "No folder can be made in \(parent): \(reason). Name another with --directory."
            )
        }
        path = made
    }

    /// Removes it with all that is in it; what cannot be removed stays.
    func remove() { Self.remove(path) }

    private static func remove(_ path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            _ = unsafe unlink(path)
            return
        }
        for name in (try? FileAccess.system.names(path)) ?? [] { remove("\(path)/\(name)") }
        _ = unsafe rmdir(path)
    }
}
