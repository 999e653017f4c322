/// Sizes that depend on the protocol and not on a configuration; tests make them smaller.
struct TransferSizes: Sendable {
    /// How much of a file is read at once.
    var readBytes = 8 << 20
    /// The largest object that can be copied in one request.
    var copyBytes: Int64 = 5 << 30
    /// The bytes of one part of a larger copy.
    var copyPartBytes: Int64 = 1 << 30
}
