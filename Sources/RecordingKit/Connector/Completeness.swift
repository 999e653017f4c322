/// How sure it is that a listing which was read to its end has everything that the platform holds.
public struct Completeness: Sendable, Hashable {
    /// Why it cannot be checked, in one sentence for people; nil when it is.
    public let doubt: String?

    private init(doubt: String?) { self.doubt = doubt }

    /// The platform tells how many records a listing has, and that was held against what came.
    public static let reconciled = Completeness(doubt: nil)

    /// Nothing speaks against it, but the platform gives nothing to hold it against.
    ///
    /// - Parameter reason: one sentence for people.
    public static func plausible(because reason: String) -> Completeness { Completeness(doubt: reason) }
}
