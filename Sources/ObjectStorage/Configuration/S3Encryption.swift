/// How the server encrypts what it keeps.
public struct S3Encryption: Sendable, Hashable {
    let algorithm: String
    let keyID: String?

    /// With keys of the storage itself (`AES256`).
    public static let aes256 = S3Encryption(algorithm: "AES256", keyID: nil)

    /// With a key of the key management service (`aws:kms`).
    ///
    /// - Parameter keyID: the key's id, ARN or alias; nil for the account's own key for object storage.
    public static func kms(keyID: String? = nil) -> S3Encryption {
        S3Encryption(algorithm: "aws:kms", keyID: keyID)
    }
}
