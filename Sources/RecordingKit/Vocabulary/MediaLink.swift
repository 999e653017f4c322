/// One link to the bytes of one rendition.
///
/// The link is a credential: it is never logged or stored.
public struct MediaLink: Sendable, CustomStringConvertible, CustomReflectable {
    /// Which rendition it is, such as `video`, `audio` or `transcript`; unique within a recording.
    public var rendition: String
    /// Where the bytes are, an absolute URL.
    public var url: String
    /// When the link stops working, or nil when the platform does not say.
    public var expiresAt: Timestamp?
    /// How long the link works from when it was handed out, where the platform says that and not until when.
    ///
    /// The host makes ``expiresAt`` of it on receipt, unless that is given too; what is not above zero says nothing.
    public var lifetime: Duration?
    /// How many bytes the platform says there are.
    public var byteCount: Int64?
    /// How the name of the file ends, without the dot, such as `mp4`; nil when the platform does not say, and then what the
    /// server calls the content decides.
    public var fileExtension: String?
    /// Whether the source's credentials go with the request; default false.
    ///
    /// They do so only where the link leads to the source's own origin or to one of the connector's
    /// ``ConnectorDescriptor/credentialOrigins``: anything else is a link that carries its own.
    public var sendsCredentials: Bool

    /// Describes a link.
    public init(
        rendition: String,
        url: String,
        expiresAt: Timestamp? = nil,
        lifetime: Duration? = nil,
        byteCount: Int64? = nil,
        fileExtension: String? = nil,
        sendsCredentials: Bool = false
    ) {
        self.rendition = rendition
        self.url = url
        self.expiresAt = expiresAt
        self.lifetime = lifetime
        self.byteCount = byteCount
        self.fileExtension = fileExtension
        self.sendsCredentials = sendsCredentials
    }

    /// The rendition's name, without the link.
    public var description: String { "media link for \(rendition)" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
