import RecordingKit

/// An object that the server copies, as long as it is the one that was looked at.
struct CopySource: Sendable {
    let bucket: String
    let key: String
    let tag: String?

    var headers: HTTPHeaders {
        var headers: HTTPHeaders = ["x-amz-copy-source": "/\(bucket)/\(S3Key.encode(key))"]
        if let tag { headers.set("x-amz-copy-source-if-match", tag) }
        return headers
    }
}
