public import RecordingKit

/// Who sends requests to an object storage: an access key, which may be a temporary one.
public struct S3Credentials: Sendable {
    /// The access key's public half, which goes into every request.
    public let accessKeyID: String
    /// The secret half, which signs and is never sent.
    public let secretAccessKey: Secret
    /// The token that belongs to a temporary key; nil for a lasting one.
    public let sessionToken: Secret?

    /// Takes an access key.
    public init(accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}
