import RecordingKit

/// The name of an object.
enum S3Key {
    /// The key as a path holds it: every byte escaped but unreserved ones and `/`.
    static func encode(_ key: String) -> String {
        key.split(separator: "/", omittingEmptySubsequences: false)
            .map { PercentEncoding.encode(String($0)) }
            .joined(separator: "/")
    }
}
