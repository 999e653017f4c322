extension AddressPolicy {
    /// Whether a connection may lead to `address`.
    package func allows(_ address: NetworkAddress) -> Bool {
        switch address.reach {
        case .everywhere: true
        case .loopback: allowsLoopback
        case .privateNetwork: allowsPrivate
        case .nowhere: false
        }
    }

    /// Whether a URL may name `host`, as far as the name alone can tell: an address is judged, `localhost` is loopback, any other
    /// name may pass.
    ///
    /// A host that ends in a number but is no address in its usual form is refused, as resolvers read addresses into it.
    package func allows(host: String) -> Bool {
        var name = host.lowercased()[...]
        if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
        if name.hasSuffix(".") { name = name.dropLast() }
        if let address = NetworkAddress(name) { return allows(address) }
        if name == "localhost" || name.hasSuffix(".localhost") { return allowsLoopback }
        let last = name.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
        let isNumber = last.hasPrefix("0x") || (!last.isEmpty && last.utf8.allSatisfy { (0x30...0x39).contains($0) })
        return !isNumber && !name.contains(":")
    }
}
