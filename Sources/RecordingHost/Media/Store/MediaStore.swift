/// Where media files end up: the seam between the host and a folder or an object storage.
///
/// Files arrive complete and checked. A conforming type may be called concurrently for different paths. All methods throw
/// `TapedeckError` with code `media_store_failed`, and `CancellationError` when the task is cancelled.
public protocol MediaStore: Sendable {
    /// Whether a spooled file lies on the store's own file system, so that storing it is a rename and takes no more space.
    var keepsSpooledFilesInPlace: Bool { get }

    /// Puts a complete file in its place and returns when it would survive a power failure.
    ///
    /// Doing it again for the same file does no harm: a killed run may have done it already. The spooled file is gone afterwards.
    /// A file with another content in that place is an error, never overwritten.
    func store(_ file: SpooledMedia, at path: MediaPath) async throws

    /// How many bytes the file has; nil when there is none.
    func size(of path: MediaPath) async throws -> Int64?

    /// Reads a file from its start to its end, in parts that may have any size.
    ///
    /// - Throws: what `body` throws.
    func read(_ path: MediaPath, _ body: (Span<UInt8>) throws -> Void) async throws

    /// Names every file under the store's root, in parts, in any order; those of the host itself (the manifest, what is spooled)
    /// are left out, and those that were taken out of reach are not.
    ///
    /// A name is the place relative to the root, with `/` between its segments. What others have put there is named as well, so a
    /// name need not be a ``MediaPath``.
    func list(_ body: ([String]) async throws -> Void) async throws

    /// Moves a file out of reach of those who read the store, under ``MediaPath/quarantined``; nothing happens when it is there already.
    func quarantine(_ path: MediaPath) async throws

    /// Deletes a file; nothing happens when there is none.
    func remove(_ path: MediaPath) async throws
}

/// A complete file that waits to be stored.
public struct SpooledMedia: Sendable {
    /// The absolute path in the local file system.
    public let file: String
    /// How many bytes it has.
    public let bytes: Int64
    /// The SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    public let sha256: String
    /// What the server called its content, or nil.
    public let contentType: String?

    /// Describes a file.
    public init(file: String, bytes: Int64, sha256: String, contentType: String?) {
        self.file = file
        self.bytes = bytes
        self.sha256 = sha256
        self.contentType = contentType
    }
}
