import Digest
import RecordingHost
import RecordingKit

/// The spooled file, read on threads that may wait.
struct LocalFile: Sendable {
    private let file: OpenFile
    private let path: MediaPath

    /// Opens a file.
    ///
    /// - Throws: `TapedeckError` when it is not there or has not the size that was counted.
    static func open(_ media: SpooledMedia, for path: MediaPath) async throws -> LocalFile {
        try await calling("A file that is to be stored cannot be opened") {
            let file = try OpenFile(media.file, as: .reading)
            let status = try file.status()
            guard status.isRegularFile, status.size == media.bytes else { throw StoreFailure.otherLocalContent(path) }
            return LocalFile(file: file, path: path)
        }
    }

    /// All the bytes of a range.
    func read(_ range: Range<Int64>) async throws -> FilePart {
        let (file, path) = (file, path)
        return try await Self.calling("A file that is to be stored cannot be read") {
            var bytes = try file.read(at: range.lowerBound, count: range.count)
            while bytes.count < range.count {
                let more = try file.read(at: range.lowerBound + Int64(bytes.count), count: range.count - bytes.count)
                guard !more.isEmpty else { throw StoreFailure.otherLocalContent(path) }
                bytes += more
            }
            return FilePart(bytes: bytes, sha256: try SHA256.hash(bytes))
        }
    }

    /// Deletes a file; nothing happens when there is none.
    static func remove(_ file: String) async throws {
        try await calling("A file that was stored cannot be deleted") { try FilePath.remove(file) }
    }

    private static func calling<Result: Sendable>(
        _ purpose: String,
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        do {
            return try await BlockingCalls.run(body)
        } catch let error as SystemError {
            throw StoreFailure.local(purpose, error)
        } catch is DigestError {
            throw TapedeckError(.mediaStoreFailed, "\(purpose): the cryptographic library failed.")
        }
    }
}

/// A part of a file in memory.
struct FilePart: Sendable {
    let bytes: [UInt8]
    let sha256: [UInt8]

    /// The checksum as requests hold it.
    var checksum: String { Base64.encode(sha256) }
}
