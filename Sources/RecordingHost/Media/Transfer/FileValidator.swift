import RecordingKit

/// What names one version of a file on a server: a later request with it gets the rest of that version or a whole new one
/// (RFC 9110 §8.8, §13.1.5).
public struct FileValidator: Sendable, Hashable {
    /// The entity tag with its quotes, strong or weak; nil when there was none.
    public var etag: String?
    /// The `Last-Modified` field; nil when there was none.
    public var lastModified: String?

    /// Names a version.
    public init(etag: String?, lastModified: String?) {
        self.etag = etag
        self.lastModified = lastModified
    }

    init(_ headers: HTTPHeaders) {
        etag = headers["ETag"]
        lastModified = headers["Last-Modified"]
    }

    /// What `If-Range` may hold: a weak tag may not, and a date only where there is no tag at all; nil when the rest of the file
    /// cannot be asked for safely.
    var ifRange: String? {
        if let etag { return etag.hasPrefix("\"") && etag.utf8.count > 2 ? etag : nil }
        return lastModified
    }

    /// Whether both could name the same version.
    func agrees(with other: FileValidator) -> Bool {
        if let etag, let otherTag = other.etag { return etag == otherTag }
        if let lastModified, let otherDate = other.lastModified { return lastModified == otherDate }
        return true
    }
}
