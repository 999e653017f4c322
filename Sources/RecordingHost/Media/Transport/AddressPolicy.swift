/// Which addresses a connection may lead to.
///
/// A platform hands out links, and whoever can plant one must not be able to reach what is behind the operator's own walls.
public struct AddressPolicy: Sendable, Hashable {
    /// Whether 127.0.0.0/8 and ::1 are allowed.
    public var allowsLoopback: Bool
    /// Whether addresses of private networks are allowed (RFC 1918, RFC 4193, RFC 6598).
    public var allowsPrivate: Bool

    /// Makes a policy; addresses that are neither public nor loopback nor private are never allowed.
    public init(allowsLoopback: Bool = false, allowsPrivate: Bool = false) {
        self.allowsLoopback = allowsLoopback
        self.allowsPrivate = allowsPrivate
    }

    /// Public addresses alone.
    public static let publicOnly = AddressPolicy()
}
