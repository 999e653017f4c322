/// What a transport holds all its connections to.
public struct CurlTransportConfiguration: Sendable {
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
    /// How many connections are kept open, idle ones included; default 128.
    public var connections: Int
    /// Whether HTTP/2 is offered over TLS; default true.
    public var allowsHTTP2: Bool

    /// Sets a configuration.
    public init(
        proxy: ProxySetting = .environment,
        certificateAuthorityFile: String? = nil,
        userAgent: String = "tapedeck/1.0",
        connections: Int = 128,
        allowsHTTP2: Bool = true
    ) {
        self.proxy = proxy
        self.certificateAuthorityFile = certificateAuthorityFile
        self.userAgent = userAgent
        self.connections = connections
        self.allowsHTTP2 = allowsHTTP2
    }
}
