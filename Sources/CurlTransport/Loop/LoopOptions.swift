/// What all transfers of a loop have in common.
struct LoopOptions: Sendable {
    let userAgent: String
    let certificateAuthorityFile: String?
    let connections: Int
    let allowsHTTP2: Bool

    init(_ configuration: CurlTransportConfiguration) {
        userAgent = configuration.userAgent
        certificateAuthorityFile = configuration.certificateAuthorityFile
        connections = configuration.connections
        allowsHTTP2 = configuration.allowsHTTP2
    }
}
