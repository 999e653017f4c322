/// One https origin, or all hosts below one domain: `https://files.example.com` or `https://*.example.com`.
public struct OriginPattern: Sendable, Hashable {
    /// The origin, without the asterisk of a pattern for a domain.
    private let origin: HTTPOrigin
    /// Whether hosts below ``origin`` are meant, and not that one itself.
    private let includesSubdomains: Bool

    /// Reads a pattern, or returns nil.
    ///
    /// - Parameter text: an https origin without path and query; its host may begin with `*.`, which stands for one label or more,
    ///   and then has at least two labels behind it. A port that is not named is 443.
    public init?(_ text: String) {
        let prefix = "https://"
        guard text.lowercased().hasPrefix(prefix) else { return nil }
        let authority = text.dropFirst(prefix.count)
        let isWide = authority.hasPrefix("*.")
        guard let origin = HTTPOrigin(scheme: "https", authority: isWide ? authority.dropFirst(2) : authority) else {
            return nil
        }
        if isWide {
            let labels = origin.host.split(separator: ".")
            guard labels.count >= 2, !origin.host.hasPrefix("["), labels.last?.contains(where: \.isLetter) == true
            else {
                return nil
            }
        }
        self.origin = origin
        includesSubdomains = isWide
    }

    /// Whether an origin is meant; one without encryption never is.
    public func matches(_ other: HTTPOrigin) -> Bool {
        guard other.isSecure, other.port == origin.port else { return false }
        return includesSubdomains ? other.host.hasSuffix("." + origin.host) : other.host == origin.host
    }
}

extension OriginPattern: ExpressibleByStringLiteral {
    /// Reads a literal pattern.
    ///
    /// - Precondition: the literal is a valid pattern; see ``init(_:)``.
    public init(stringLiteral text: String) {
        guard let pattern = OriginPattern(text) else {
            preconditionFailure("a literal is not a pattern for https origins")
        }
        self = pattern
    }
}

extension OriginPattern: CustomStringConvertible {
    /// The text that reads as an equal pattern.
    public var description: String {
        includesSubdomains ? origin.description.replacing("://", with: "://*.", maxReplacements: 1) : origin.description
    }
}
