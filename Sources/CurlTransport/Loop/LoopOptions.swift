/// What all transfers of a loop have in common.
struct LoopOptions: Sendable {
    let userAgent: String
    let certificateAuthorityFile: String?
    let connections: Int
    let allowsHTTP2: Bool
    /// What is read from a socket at once.
    let bufferBytes: Int
    /// Whether content codings are asked for and undone.
    let decodesContent: Bool
    /// Whether each address is judged before it is connected to.
    let guardsAddresses: Bool
    /// What all bodies together are held to; nil for no limit.
    let bytesPerSecond: Int?

    init(_ configuration: CurlTransportConfiguration) {
        userAgent = configuration.userAgent
        certificateAuthorityFile = configuration.certificateAuthorityFile
        connections = configuration.connections
        allowsHTTP2 = configuration.allowsHTTP2
        bufferBytes = 64 << 10
        decodesContent = true
        guardsAddresses = false
        bytesPerSecond = nil
    }

    init(_ configuration: CurlMediaTransportConfiguration) {
        userAgent = configuration.userAgent
        certificateAuthorityFile = configuration.certificateAuthorityFile
        connections = configuration.connections
        // One stream in a connection of its own is faster over HTTP/1.1, and is not held up by the pauses of another.
        allowsHTTP2 = false
        decodesContent = false
        guardsAddresses = true
        bytesPerSecond = configuration.bytesPerSecond.map { max(1, $0) }
        // At a low rate smaller reads make the stream smoother, and the turns of several transfers shorter.
        bufferBytes = min(512 << 10, max(16 << 10, (bytesPerSecond ?? .max) / 50))
    }
}
