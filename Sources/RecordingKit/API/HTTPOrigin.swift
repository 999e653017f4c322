/// Scheme, host and port: what credentials belong to (RFC 6454).
public struct HTTPOrigin: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// The host in lower case; an IPv6 address keeps its brackets.
    public let host: String
    /// The port, the scheme's own when the URL named none.
    public let port: UInt16

    /// Reads `host[:port]`, or returns nil when it holds user information, no host or a bad port.
    init?(scheme: String, authority: some StringProtocol) {
        guard !authority.utf8.contains(UInt8(ascii: "@")) else { return nil }
        var host = String(authority).lowercased()
        var port: UInt16 = scheme == "https" ? 443 : 80
        let portMark = host.hasPrefix("[") ? host.portMarkAfterBracket : host.utf8.lastIndex(of: UInt8(ascii: ":"))
        if let portMark {
            let digits = host[host.utf8.index(after: portMark)...]
            if !digits.isEmpty {
                guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt16(digits), value > 0
                else {
                    return nil
                }
                port = value
            }
            host = String(host[..<portMark])
        }
        guard !host.isEmpty, HTTPOrigin.isHost(host) else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// Whether traffic to this origin is encrypted.
    public var isSecure: Bool { scheme == "https" }

    /// Whether the host is this machine itself: `localhost`, `127.0.0.0/8` or `[::1]`.
    public var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// `scheme://host` with the port when it is not the scheme's own.
    public var description: String {
        let isDefault = port == (isSecure ? 443 : 80)
        return isDefault ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("[") {
            let address = host.dropFirst().dropLast()
            return host.hasSuffix("]") && address.count { $0 == ":" } >= 2
                && address.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        }
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let named = labels.count > 1 && labels.last?.isEmpty == true ? labels.dropLast() : labels
        return named.allSatisfy { !$0.isEmpty && $0.allSatisfy(isLabelByte) }
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension String {
    /// The colon that follows the closing bracket of an IPv6 host, if there is one.
    fileprivate var portMarkAfterBracket: Index? {
        guard let bracket = lastIndex(of: "]") else { return nil }
        let next = index(after: bracket)
        return next < endIndex && self[next] == ":" ? next : nil
    }
}
