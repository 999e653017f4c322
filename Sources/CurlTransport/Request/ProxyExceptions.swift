import RecordingHost

/// The hosts that are reached without a proxy, as `no_proxy` lists them.
///
/// libcurl has its own reading of such a list, but does not tell what it made of it; whether a connection leads to a proxy must be known
/// before its address is judged.
struct ProxyExceptions: Sendable {
    private enum Entry: Sendable {
        case everything
        /// A name without a dot before or after it; its subdomains are meant too.
        case name(String)
        case range(NetworkAddress, length: Int)
    }

    private let entries: [Entry]

    /// Reads names, addresses, CIDR ranges and `*`, with commas or white space between; what is none of these matches nothing.
    init(_ list: String) {
        entries = list.lowercased().split { $0 == "," || $0.isWhitespace }.compactMap(Self.entry)
    }

    /// Whether `host`, in lower case, is one of them.
    func contain(host: String) -> Bool {
        let name = Self.trimmed(host[...])
        let address = NetworkAddress(name)
        return entries.contains { entry in
            switch entry {
            case .everything: true
            case .name(let parent): address == nil && (name == parent || name.hasSuffix(".\(parent)"))
            case .range(let prefix, let length): address?.isWithin(prefix, length: length) ?? false
            }
        }
    }

    private static func entry(_ text: Substring) -> Entry? {
        if text == "*" { return .everything }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if let address = NetworkAddress(trimmed(parts[0])) {
            guard parts.count > 1 else { return .range(address, length: address.bytes.count * 8) }
            guard parts.count == 2, let length = Int(parts[1]) else { return nil }
            return .range(address, length: length)
        }
        let name = trimmed(text.hasPrefix(".") ? text.dropFirst() : text)
        return name.isEmpty ? nil : .name(String(name))
    }

    /// Without the brackets of an IPv6 address and without the dot at the end of a name.
    private static func trimmed(_ host: Substring) -> Substring {
        if host.hasPrefix("["), host.hasSuffix("]") { return host.dropFirst().dropLast() }
        return host.hasSuffix(".") ? host.dropLast() : host
    }
}
