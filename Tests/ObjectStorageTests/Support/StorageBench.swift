import Digest
import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit

@testable import ObjectStorage

/// A store on a transport, and files to put into it.
final class StorageBench {
    let folder: URL
    let transport: any HTTPTransport
    let clock = ManualClock.automatic(at: Timestamp(secondsSince1970: 1_790_000_000))
    var sizes = TransferSizes()
    var prefix = "calls"
    var parallelParts = 2
    var partBytes = 5 << 20
    var bucket = "media"
    var endpoint = "http://127.0.0.1:9"
    var usesRealTime = false

    init(_ transport: any HTTPTransport) throws {
        self.transport = transport
        folder = FileManager.default.temporaryDirectory.appending(path: "s3-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

    func store() throws -> S3MediaStore {
        let credentials = S3Credentials(accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Secret(Self.secret))
        return S3MediaStore(
            configuration: try S3Configuration(
                endpoint: endpoint,
                region: "us-east-1",
                bucket: bucket,
                prefix: prefix,
                addressing: .path,
                credentials: credentials,
                partBytes: partBytes,
                parallelParts: parallelParts
            ),
            transport: transport,
            clock: usesRealTime ? SystemClock() : clock,
            jitter: { 0.5 },
            sizes: sizes
        )
    }

    func path(_ recording: String = "1") throws -> MediaPath {
        try MediaPath(source: "s", recording: recording, rendition: "audio", date: nil, fileExtension: "wav")
    }

    /// A file of so many bytes, which differ from one another and from those of another seed.
    func file(_ count: Int, seed: UInt64 = 1, commonBytes: Int = 0) throws -> SpooledMedia {
        let bytes = Self.bytes(commonBytes, seed: 1) + Self.bytes(count - commonBytes, seed: seed)
        let file = folder.appending(path: "spooled-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        return SpooledMedia(
            file: file.path,
            bytes: Int64(count),
            sha256: try SHA256.hash(bytes).lowercaseHex,
            contentType: "audio/wav"
        )
    }

    /// A file of so many megabytes, which is never in memory as a whole.
    func largeFile(megabytes: Int) throws -> SpooledMedia {
        let file = folder.appending(path: "spooled-\(UUID().uuidString)")
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        var hash = try SHA256()
        for number in 0..<megabytes {
            let bytes = Self.bytes(1_000_000, seed: UInt64(number))
            try hash.update(bytes)
            try handle.write(contentsOf: Data(bytes))
        }
        try handle.close()
        return SpooledMedia(
            file: file.path,
            bytes: Int64(megabytes) * 1_000_000,
            sha256: try hash.finalize().lowercaseHex,
            contentType: nil
        )
    }

    static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        // Blocks that differ in their first bytes, as making every byte would take most of a test's time.
        var bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: seed), count: count)
        for start in stride(from: 0, to: count, by: 1 << 16) {
            bytes[start] = UInt8(truncatingIfNeeded: (start >> 16) &+ Int(seed) &* 31)
            bytes[min(start + 1, count - 1)] = UInt8(truncatingIfNeeded: start >> 24)
        }
        return bytes
    }

    func exists(_ file: SpooledMedia) -> Bool { FileManager.default.fileExists(atPath: file.file) }
}

extension S3MediaStore {
    func contents(_ path: MediaPath) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await read(path) { span in unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) } }
        return bytes
    }

    func names() async throws -> [String] {
        var names: [String] = []
        try await list { names += $0 }
        return names
    }
}
