/// Paths as text.
enum FilePath {
    /// `path`, against `base` when it is relative, without empty and `.` parts.
    static func joined(_ base: String, _ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : base + "/" + path
        return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// The folder that an absolute path is in; the root's is the root.
    static func parent(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }

    /// The last part of a path.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The way from one absolute folder to another, such as `../..`.
    static func fromFolder(_ folder: String, to path: String) -> String {
        let from = folder.split(separator: "/")
        let to = path.split(separator: "/")
        let shared = zip(from, to).prefix { $0 == $1 }.count
        let steps = from.dropFirst(shared).map { _ in ".." } + to.dropFirst(shared).map(String.init)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }

    /// A path as people like to read it: relative to `base` when it is inside.
    static func relative(_ path: String, to base: String) -> String {
        let prefix = base == "/" ? "/" : base + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }
}
