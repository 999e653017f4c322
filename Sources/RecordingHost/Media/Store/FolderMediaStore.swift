import Digest
import RecordingKit

/// Keeps media files in a folder of the local file system, each readable and writable by its owner alone.
///
/// No symbolic link below the root is ever followed, in no segment of a path; the root itself may be reached through one. Calls
/// that wait for the disk run on threads of their own. Thread-safe; one store may be used for any number of files at once.
public struct FolderMediaStore: MediaStore {
    /// The absolute path of the root.
    public let root: String

    /// Names the folder, which is made when the first file is stored.
    ///
    /// - Parameter root: a path; a relative one is relative to the working directory.
    public init(root: String) { self.root = FilePath.absolute(root) }

    /// Always true: what is to be stored must lie in a folder below the root, such as `.spool`.
    public var keepsSpooledFilesInPlace: Bool { true }

    /// Renames the file into its place; its content, its name and the folders above it are durable on return.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed` when the file is not as it was described, lies outside the root, or
    ///   another one has its place; `no_space`; `CancellationError`.
    public func store(_ file: SpooledMedia, at path: MediaPath) async throws {
        try Task.checkCancellation()
        try await calling("A file cannot be put in its place") { try FolderEntry(path, root: root).store(file) }
    }

    /// How many bytes the file has; nil when there is none.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`, also when something else than a file has the name.
    public func size(of path: MediaPath) async throws -> Int64? {
        try Task.checkCancellation()
        return try await calling("A file cannot be looked at") { try FolderEntry(path, root: root).size() }
    }

    /// Reads a file in parts of 1 MiB; one part is held in memory.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`; `CancellationError` between two parts; what `body` throws.
    public func read(_ path: MediaPath, _ body: (Span<UInt8>) throws -> Void) async throws {
        let file = try await calling("A file cannot be opened") { try FolderEntry(path, root: root).open() }
        var offset: Int64 = 0
        while true {
            try Task.checkCancellation()
            let (place, count) = (offset, Self.partSize)
            let part = try await calling("A file cannot be read") { try file.read(at: place, count: count) }
            guard !part.isEmpty else { return }
            try body(part.span)
            offset += Int64(part.count)
        }
    }

    /// Takes a file out of reach by renaming it; durable on return.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`, also when neither place has the file or both have a different one.
    public func quarantine(_ path: MediaPath) async throws {
        try Task.checkCancellation()
        guard !path.isQuarantined else { return }
        try await calling("A file cannot be taken out of reach") { try FolderEntry(path, root: root).quarantine() }
    }

    /// Deletes a file, and the folders above it that are empty then, up to the root; durable on return.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`.
    public func remove(_ path: MediaPath) async throws {
        try Task.checkCancellation()
        try await calling("A file cannot be deleted") { try FolderEntry(path, root: root).remove() }
    }

    /// How much of a file is read at once.
    private static let partSize = 1 << 20

    /// Runs a blocking call, and says what it was for when it fails.
    func calling<Result: Sendable>(
        _ purpose: String,
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        do {
            return try await BlockingCalls.run(body)
        } catch let error as SystemError {
            throw FolderFailure.error(purpose, root: root, error)
        } catch is DigestError {
            throw TapedeckError(.mediaStoreFailed, "\(purpose): the cryptographic library failed.")
        }
    }
}
