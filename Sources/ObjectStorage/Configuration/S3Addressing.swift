/// Where a request names the bucket.
public struct S3Addressing: Sendable, Hashable {
    let isPath: Bool

    /// In the path: `https://endpoint/bucket/key`; what most servers other than Amazon's want.
    public static let path = S3Addressing(isPath: true)
    /// In the host's name: `https://bucket.endpoint/key`; what Amazon wants.
    public static let virtualHost = S3Addressing(isPath: false)
}
