#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Works on paths as text, and asks the system where they lead.
package enum FilePath {
    /// The part after the last slash.
    package static func name(_ path: String) -> String {
        String(path.split(separator: "/").last ?? "/")
    }

    /// The part before the last slash; `.` when there is none.
    package static func folder(_ path: String) -> String {
        let parts = path.split(separator: "/")
        let folder = parts.dropLast().joined(separator: "/")
        if path.hasPrefix("/") { return "/" + folder }
        return folder.isEmpty ? "." : folder
    }

    /// The absolute path without symbolic links, as far as what it names exists; the rest is taken as it is written.
    ///
    /// Two spellings of one place give the same result, also before and after the place is made.
    package static func absolute(_ path: String) -> String {
        var existing = path.isEmpty ? "." : path
        var missing: [String] = []
        while true {
            if let resolved = resolve(existing) {
                let rest = missing.reversed().reduce(into: [String]()) { rest, part in
                    if part == ".." { _ = rest.popLast() } else if part != "." { rest.append(part) }
                }
                return rest.isEmpty ? resolved : (resolved == "/" ? "" : resolved) + "/" + rest.joined(separator: "/")
            }
            guard existing != "/", existing != "." else { return path }
            missing.append(name(existing))
            existing = folder(existing)
        }
    }

    /// Makes the folder and those above it that are missing, each for its owner alone.
    package static func makeFolder(_ path: String) throws(SystemError) {
        if unsafe mkdir(path, 0o700) == 0 { return }
        switch errno {
        case EEXIST: return
        case ENOENT where folder(path) != path:
            try makeFolder(folder(path))
            guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
        default: throw .last
        }
    }

    /// Sets who may read and write what lies at `path`.
    package static func setPermissions(_ path: String, _ permissions: UInt32) throws(SystemError) {
        guard unsafe chmod(path, mode_t(permissions)) == 0 else { throw .last }
    }

    private static func resolve(_ path: String) -> String? {
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }
}
