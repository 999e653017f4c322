import RecordingKit

/// What a server says of an object.
struct S3Object: Sendable {
    let size: Int64
    /// The tag of this content, with its quotes, as conditions want it.
    let tag: String?
    /// The SHA-256 that the object was stored with, in hexadecimal.
    let sha256: String?
    /// The server's own checksum: of the whole content, or with `-N` of the checksums of N parts.
    let checksum: String?
    let contentType: String?

    init?(_ headers: HTTPHeaders) {
        guard let size = headers["Content-Length"].flatMap(Int64.init), size >= 0 else { return nil }
        self.size = size
        tag = headers["ETag"]
        sha256 = headers["x-amz-meta-sha256"]
        checksum = headers["x-amz-checksum-sha256"]
        contentType = headers["Content-Type"]
    }
}
