public import RecordingHost
import RecordingKit

/// Keeps media files in a bucket of an S3-compatible object storage.
///
/// Every byte that is sent is covered by a signature and by a SHA-256 that the server checks. Nothing is overwritten, and no
/// access control list is ever sent: who may read is up to the bucket's policy. One store may be used for any number of files at
/// once; memory grows with the parts that are sent at the same time, twice ``S3Configuration/parallelParts`` parts a file.
public struct S3MediaStore: MediaStore {
    let client: S3Client
    let sizes: TransferSizes
    private let bucket = KnownBucket()

    /// Describes a store; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - configuration: where and how files are kept.
    ///   - transport: sends the requests.
    ///   - clock: gives the time of signatures and waits between attempts.
    ///   - jitter: a random number, 0 ..< 1, for those waits.
    public init(
        configuration: S3Configuration,
        transport: any HTTPTransport,
        clock: any HostClock = SystemClock(),
        jitter: @escaping @Sendable () -> Double
    ) {
        self.init(
            configuration: configuration,
            transport: transport,
            clock: clock,
            jitter: jitter,
            sizes: TransferSizes()
        )
    }

    init(
        configuration: S3Configuration,
        transport: any HTTPTransport,
        clock: any HostClock,
        jitter: @escaping @Sendable () -> Double,
        policy: RetryPolicy = RetryPolicy(),
        sizes: TransferSizes
    ) {
        client = S3Client(
            configuration: configuration,
            transport: transport,
            clock: clock,
            jitter: jitter,
            policy: policy
        )
        self.sizes = sizes
    }

    /// Always false: what is stored is sent.
    public var keepsSpooledFilesInPlace: Bool { false }

    /// Sends a file, looks at what arrived, and deletes the spooled file.
    ///
    /// A file that is there already with the same size and SHA-256 counts as stored. One that is not larger than a part is sent in
    /// one request. Of a larger one, what an earlier run has sent is not sent again, and other unfinished uploads to the same place
    /// are given up.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`, also when the file is not as it was described or another one has its
    ///   place; `CancellationError`.
    public func store(_ file: SpooledMedia, at path: MediaPath) async throws {
        try await reporting {
            let key = key(path)
            if let present = try await object(key) {
                guard isSame(present, file) else { throw StoreFailure.otherContent(path) }
            } else {
                let upload = FileUpload(store: self, file: file, key: key, path: path)
                if file.bytes <= Int64(client.configuration.partBytes) {
                    try await upload.sendWhole()
                } else {
                    try await upload.sendParts()
                }
            }
            try await LocalFile.remove(file.file)
        }
    }

    /// How many bytes the file has; nil when there is none.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`; `CancellationError`.
    public func size(of path: MediaPath) async throws -> Int64? {
        try await reporting { try await object(key(path))?.size }
    }

    /// Reads a file in parts of 8 MiB; one part is held in memory.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`, also when the file was replaced meanwhile; `CancellationError`; what
    ///   `body` throws.
    public func read(_ path: MediaPath, _ body: (Span<UInt8>) throws -> Void) async throws {
        guard let object = try await reporting({ try await object(key(path)) }) else {
            throw StoreFailure.missing(path)
        }
        var offset: Int64 = 0
        while offset < object.size {
            let end = min(offset + Int64(sizes.readBytes), object.size)
            let start = offset
            let part = try await reporting { try await bytes(start..<end, of: object, at: path) }
            try body(part.span)
            offset = end
        }
    }

    /// Deletes a file; nothing happens when there is none.
    ///
    /// In a bucket that keeps versions, the earlier version remains.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`; `CancellationError`.
    public func remove(_ path: MediaPath) async throws {
        try await reporting { try await removeObject(key(path)) }
    }

    // MARK: - Steps

    func key(_ path: MediaPath) -> String {
        let prefix = client.configuration.prefix
        return prefix.isEmpty ? path.text : "\(prefix)/\(path.text)"
    }

    /// What the server says of an object; nil when there is none in a bucket that is there.
    func object(_ key: String) async throws -> S3Object? {
        let request = S3Request(
            purpose: "A file cannot be looked at",
            method: "HEAD",
            key: key,
            headers: ["x-amz-checksum-mode": "ENABLED"],
            accepted: [404]
        )
        let answer = try await client.send(request)
        if answer.status == 404 {
            try await checkBucket(key)
            return nil
        }
        bucket.isKnown = true
        guard let object = S3Object(answer.headers) else {
            throw StoreFailure.unexpected("A file cannot be looked at")
        }
        return object
    }

    func removeObject(_ key: String) async throws {
        let request = S3Request(purpose: "A file cannot be deleted", method: "DELETE", key: key, accepted: [404])
        let answer = try await client.send(request)
        if answer.status == 404 { try await checkBucket(key) }
    }

    func isSame(_ object: S3Object, _ file: SpooledMedia) -> Bool {
        object.size == file.bytes && object.sha256 == file.sha256
    }

    /// The answer to a HEAD cannot say whether the object or the bucket is missing; that to a GET can.
    private func checkBucket(_ key: String) async throws {
        guard !bucket.isKnown else { return }
        let request = S3Request(
            purpose: "A file cannot be looked at",
            key: key,
            headers: ["Range": "bytes=0-0"],
            isForContent: true,
            accepted: [404, 416]
        )
        let answer = try await client.send(request)
        if answer.status == 404, answer.document?["Code"] != "NoSuchKey" {
            throw S3Refusal(
                request,
                TransportResponse(status: 404, headers: answer.headers),
                document: answer.document
            )
        }
        bucket.isKnown = true
    }

    private func bytes(_ range: Range<Int64>, of object: S3Object, at path: MediaPath) async throws -> [UInt8] {
        var headers: HTTPHeaders = ["Range": "bytes=\(range.lowerBound)-\(range.upperBound - 1)"]
        if let tag = object.tag { headers.set("If-Match", tag) }
        let request = S3Request(
            purpose: "A file cannot be read",
            key: key(path),
            headers: headers,
            answerBytes: max(sizes.readBytes, 1 << 20),
            isForContent: true,
            accepted: [404, 412]
        )
        let answer = try await client.send(request)
        guard answer.status != 404, answer.status != 412 else { throw StoreFailure.changed(path) }
        // A server that knows no ranges sends everything, which is what was asked for when it is one part.
        let isWhole = answer.status == 200 && Int64(range.count) == object.size
        guard answer.status == 206 || isWhole, answer.body.count == range.count else {
            throw StoreFailure.unexpected("A file cannot be read")
        }
        return answer.body
    }

    /// Runs `body`, and turns what the storage refused into what the host understands.
    func reporting<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let refusal as S3Refusal {
            throw refusal.error
        }
    }
}
