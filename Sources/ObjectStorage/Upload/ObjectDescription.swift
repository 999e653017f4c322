import RecordingKit

/// What is said of an object when it is made: its type, its SHA-256, and how the server keeps it; never who may read it.
struct ObjectDescription: Sendable {
    let contentType: String?
    let sha256: String

    func headers(_ configuration: S3Configuration) -> HTTPHeaders {
        var headers: HTTPHeaders = ["Content-Type": safeType, "x-amz-meta-sha256": sha256]
        if let encryption = configuration.encryption {
            headers.set("x-amz-server-side-encryption", encryption.algorithm)
            if let keyID = encryption.keyID { headers.set("x-amz-server-side-encryption-aws-kms-key-id", keyID) }
        }
        if let storageClass = configuration.storageClass { headers.set("x-amz-storage-class", storageClass) }
        return headers
    }

    /// The type came from a platform; what could not be part of a signed request is replaced.
    private var safeType: String {
        guard let contentType, (1...255).contains(contentType.utf8.count),
            contentType.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), contentType.first != " ",
            contentType.last != " "
        else { return "application/octet-stream" }
        return contentType
    }
}
