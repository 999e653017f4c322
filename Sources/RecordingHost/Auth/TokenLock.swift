/// The right to renew the tokens of a ledger's sources, given back by ``release()`` or when its process ends.
public protocol TokenLock: Sendable {
    /// Gives it back.
    func release() async
}
