import RecordingHost

/// A folder's path, and the id that a sink in it has.
struct FolderIdentity {
    let path: String
    let id: String

    /// What lies below `base` is known by its relative path, so that both can be moved together.
    init(directory: String, relativeTo base: String?, format: String) {
        let path = FilePath.absolute(directory)
        self.path = path
        let prefix = base.map { FilePath.absolute($0) + "/" }
        let relative = prefix.flatMap { path.hasPrefix($0) ? String(path.dropFirst($0.count)) : nil }
        id = "\(format):" + (relative ?? path)
    }
}
