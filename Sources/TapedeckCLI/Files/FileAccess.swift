/// What the commands themselves need of the file system; tests hand in their own.
struct FileAccess: Sendable {
    /// What is at a path, links followed.
    enum Kind: Sendable, Hashable {
        case missing
        case file
        case folder
    }

    /// Why something could not be done, as the system says it.
    struct Failure: Error, Hashable, Sendable {
        let reason: String
    }

    /// The folder that relative paths on the command line are relative to.
    var currentFolder: @Sendable () -> String
    var kind: @Sendable (_ path: String) -> Kind
    /// Whether this process may write to the file or into the folder.
    var isWritable: @Sendable (_ path: String) -> Bool
    /// Whether others than the owner may read the file.
    var isReadableByOthers: @Sendable (_ path: String) -> Bool
    /// Whether this process may run the file.
    var isExecutable: @Sendable (_ path: String) -> Bool
    /// Whether others than the owner may change the file.
    var isWritableByOthers: @Sendable (_ path: String) -> Bool
    /// The names of what is in a folder, in no order.
    var names: @Sendable (_ folder: String) throws -> [String]
    /// The path with links and dots resolved; as it is when that is not possible.
    var resolved: @Sendable (_ path: String) -> String
    /// The content of a file, throwing ``Failure`` when it is larger than the limit.
    var read: @Sendable (_ path: String, _ limit: Int) throws -> [UInt8]
    /// The first bytes of a file, at most so many.
    var readStart: @Sendable (_ path: String, _ count: Int) throws -> [UInt8]
    /// Makes a folder and the folders above it for the owner alone, where they are missing.
    var createFolder: @Sendable (_ path: String) throws -> Void
    /// Writes a file that must not exist yet.
    var writeNew: @Sendable (_ path: String, _ bytes: [UInt8]) throws -> Void
    /// Lets the owner, and others who may read it, run the file.
    var allowRunning: @Sendable (_ path: String) throws -> Void
    /// Writes a file anew, whatever it held.
    var overwrite: @Sendable (_ path: String, _ bytes: [UInt8]) throws -> Void
}

extension FileAccess {
    /// Why nothing could be written into a folder that may not exist yet; nil when nothing speaks against it.
    func obstacle(toWritingInto folder: String) -> String? {
        var candidate = folder
        while true {
            switch kind(candidate) {
            case .folder: return isWritable(candidate) ? nil : "The folder \(candidate) is not writable."
            case .file: return "\(candidate) is a file, expected a folder."
            case .missing:
                let parent = FilePath.parent(of: candidate)
                if parent == candidate { return "The folder \(folder) cannot be made." }
                candidate = parent
            }
        }
    }

    /// Why a file could not be written; nil when nothing speaks against it.
    func obstacle(toWritingFile path: String) -> String? {
        switch kind(path) {
        case .folder: "\(path) is a folder, expected a file."
        case .file:
            isWritable(path) ? obstacle(toWritingInto: FilePath.parent(of: path)) : "The file \(path) is not writable."
        case .missing: obstacle(toWritingInto: FilePath.parent(of: path))
        }
    }
}
