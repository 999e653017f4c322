import ObjectStorage
import RecordingHost
import TapedeckCLI

extension ConcreteServices {
    private static let storeKinds = [MediaStoreRequest.folder, MediaStoreRequest.objectStorage]

    static func makeMediaStore(
        _ request: MediaStoreRequest,
        transport: any HTTPTransport,
        clock: any HostClock
    ) throws -> any MediaStore {
        switch (request.kind, request.bucket) {
        case (MediaStoreRequest.folder, _): return FolderMediaStore(root: request.directory)
        case (MediaStoreRequest.objectStorage, let bucket?):
            return S3MediaStore(
                configuration: try S3Configuration(bucket),
                transport: transport,
                clock: clock,
                jitter: { Double.random(in: 0..<1) }
            )
        default:
            let kinds = storeKinds.map { "\"\($0)\"" }.joined(separator: ", ")
            throw MediaStoreProblem(
                option: "kind",
                message: "Expected a kind of store: \(kinds).",
                knownNames: storeKinds
            )
        }
    }
}

extension S3Configuration {
    /// Takes a bucket as it is configured; what is not said is left to the defaults.
    ///
    /// - Throws: as the initializer with all values does; never with a value in the text.
    fileprivate init(_ request: ObjectStorageRequest) throws {
        let encryption: S3Encryption? =
            switch request.serverSideEncryption {
            case nil: nil
            case "AES256": .aes256
            case "aws:kms": .kms(keyID: request.kmsKeyID)
            default:
                throw MediaStoreProblem(
                    option: "serverSideEncryption",
                    message: "Expected one of \"AES256\", \"aws:kms\"."
                )
            }
        try self.init(
            endpoint: request.endpoint ?? "https://s3.\(request.region).amazonaws.com",
            region: request.region,
            bucket: request.bucket,
            prefix: request.prefix,
            addressing: request.usesPathStyle ? .path : .virtualHost,
            credentials: S3Credentials(
                accessKeyID: request.accessKeyID,
                secretAccessKey: request.secretAccessKey,
                sessionToken: request.sessionToken
            ),
            encryption: encryption,
            storageClass: request.storageClass,
            partBytes: request.partBytes ?? 16 << 20
        )
    }
}
