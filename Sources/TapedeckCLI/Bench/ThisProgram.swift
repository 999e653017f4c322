#if canImport(Darwin)
import Darwin
#endif

/// The program that runs.
enum ThisProgram {
    /// The path of its file; nil when the system does not tell.
    static var path: String? {
        #if canImport(Darwin)
        var size = UInt32(4_096)
        var bytes = [CChar](repeating: 0, count: Int(size))
        guard unsafe _NSGetExecutablePath(&bytes, &size) == 0 else { return nil }
        return FileAccess.system.resolved(String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
        #else
        let link = "/proc/self/exe"
        let path = FileAccess.system.resolved(link)
        return path == link ? nil : path
        #endif
    }
}
