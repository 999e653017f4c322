import Digest
import RecordingKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A program's file, opened, with the SHA-256 of what it holds.
struct ProgramFile: ~Copyable {
    /// The open file, clear of the numbers that a process gets.
    let descriptor: Int32
    /// 64 lower-case hexadecimal digits.
    let sha256: String

    /// Opens and reads the file at `path`; blocks.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid`.
    init(path: String) throws(TapedeckError) {
        guard path.hasPrefix("/") else {
            throw TapedeckError(
                .configurationInvalid,
                "The connector's program \(path) is not named by an absolute path."
            )
        }
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else {
            throw TapedeckError(
                .configurationInvalid,
                "The connector's program \(path) cannot be read (error \(errno))."
            )
        }
        defer { close(opened) }
        var information = stat()
        guard unsafe fstat(opened, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            throw TapedeckError(.configurationInvalid, "The connector's program \(path) is not a file.")
        }
        let copy = fcntl(opened, F_DUPFD_CLOEXEC, 16)
        guard copy >= 0 else {
            throw TapedeckError(
                .configurationInvalid,
                "The connector's program \(path) cannot be read (error \(errno))."
            )
        }
        guard let digest = ProgramFile.digest(of: copy) else {
            close(copy)
            throw TapedeckError(.configurationInvalid, "The connector's program \(path) cannot be read to its end.")
        }
        descriptor = copy
        sha256 = digest
    }

    deinit { close(descriptor) }

    private static func digest(of descriptor: Int32) -> String? {
        guard var hash = try? SHA256() else { return nil }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return (try? hash.finalize())?.lowercaseHex }
            guard (try? hash.update(buffer[..<count])) != nil else { return nil }
        }
    }
}
