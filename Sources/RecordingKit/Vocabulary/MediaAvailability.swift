/// What a platform answers when it is asked for a recording's media.
///
/// Not ready, forbidden and gone are answers, not errors.
public enum MediaAvailability: Sendable {
    /// Links to the renditions, which live only for a while.
    case available([MediaLink])
    /// Not ready yet; worth asking again in a later run.
    case pending(reason: String)
    /// The platform or its customer does not let this operator have it.
    case forbidden(reason: String)
    /// It existed and no longer does.
    case gone(reason: String)
}

/// One link to the bytes of one rendition.
///
/// The link is a credential: it is never logged or stored.
public struct MediaLink: Sendable, CustomStringConvertible, CustomReflectable {
    /// Which rendition it is, such as `video`, `audio` or `transcript`.
    public var rendition: String
    /// Where the bytes are.
    public var url: String
    /// When the link stops working, or nil when the platform does not say.
    public var expiresAt: Timestamp?
    /// How many bytes the platform says there are.
    public var byteCount: Int64?

    /// Describes a link.
    public init(rendition: String, url: String, expiresAt: Timestamp? = nil, byteCount: Int64? = nil) {
        self.rendition = rendition
        self.url = url
        self.expiresAt = expiresAt
        self.byteCount = byteCount
    }

    /// The rendition's name, without the link.
    public var description: String { "media link for \(rendition)" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
