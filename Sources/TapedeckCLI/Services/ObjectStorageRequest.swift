public import RecordingKit

/// A bucket for media files as it is configured, and how to get at it.
public struct ObjectStorageRequest: Sendable, Hashable {
    /// The bucket's name.
    public var bucket: String
    /// The region that goes into signatures, such as `eu-central-1`.
    public var region: String
    /// The URL of the service; nil for Amazon's in ``region``.
    public var endpoint: String?
    /// What every key begins with; empty for none.
    public var prefix: String = ""
    /// The public half of the access key.
    public var accessKeyID: String
    /// The secret half of the access key.
    public var secretAccessKey: Secret
    /// The token that belongs to a temporary access key; nil for a lasting one.
    public var sessionToken: Secret?
    /// Whether requests name the bucket in the path, not in the host's name; default false.
    public var usesPathStyle: Bool = false
    /// The name of the server's encryption, `AES256` or `aws:kms`; nil for what the bucket's own settings say.
    public var serverSideEncryption: String?
    /// The key for `aws:kms`; nil for the account's own.
    public var kmsKeyID: String?
    /// The storage class, such as `STANDARD_IA`; nil for the bucket's own.
    public var storageClass: String?
    /// The bytes of one part of a large file, 5 MiB to 1 GiB; nil for what the store prefers.
    public var partBytes: Int?

    /// Describes a bucket; everything else can be set afterwards.
    public init(bucket: String, region: String, accessKeyID: String, secretAccessKey: Secret) {
        self.bucket = bucket
        self.region = region
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
    }
}
