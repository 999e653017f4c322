/// What a transport for media holds all its connections to.
public struct CurlMediaTransportConfiguration: Sendable {
    /// Which proxy requests go through; default ``ProxySetting/environment``.
    ///
    /// Loopback hosts are never reached through one.
    public var proxy: ProxySetting
    /// A PEM file of certificate authorities to trust besides the system's directory of them; default none.
    ///
    /// It takes the place of the system's bundle file. Where libcurl was built without a certificate directory, it is
    /// all that is trusted.
    public var certificateAuthorityFile: String?
    /// The `User-Agent` of requests that set none; default `tapedeck/1.0`.
    public var userAgent: String
    /// How many connections are kept open, idle ones included; default 32.
    public var connections: Int
    /// How many bytes of bodies may come in a second, for all requests together; default nil, no limit.
    ///
    /// Values below 1 count as 1. Over a second or more it is held to a few per cent, at less than a few hundred kilobytes a
    /// second over a time that is longer accordingly: what a socket has brought is taken as a whole, then paid off.
    public var bytesPerSecond: Int?

    /// Sets a configuration.
    public init(
        proxy: ProxySetting = .environment,
        certificateAuthorityFile: String? = nil,
        userAgent: String = "tapedeck/1.0",
        connections: Int = 32,
        bytesPerSecond: Int? = nil
    ) {
        self.proxy = proxy
        self.certificateAuthorityFile = certificateAuthorityFile
        self.userAgent = userAgent
        self.connections = connections
        self.bytesPerSecond = bytesPerSecond
    }
}
