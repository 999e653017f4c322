import RecordingHost

/// Where an entry lies in its table: a hash of what names it.
///
/// Two names with the same hash, one pair in 2^64, lie one behind the other: see ``KeyedRows``.
struct EntryHash: Sendable {
    /// The hash of bytes, continuing from a seed.
    let hash: @Sendable (_ bytes: ArraySlice<UInt8>, _ seed: UInt64) -> UInt64

    /// The hash by which ledgers are kept; another is only for tests.
    static let standard = EntryHash { ContentHash.hash($0, seed: $1) }

    /// The key of a recording, from its id's UTF-8 bytes and its source's number.
    func recording(_ id: ArraySlice<UInt8>, of source: Int64) -> UInt64 { hash(id, UInt64(bitPattern: source)) }

    /// The key of an event, from its id's UTF-8 bytes and its recording's key.
    func event(_ id: ArraySlice<UInt8>, ofRecording key: UInt64) -> UInt64 { hash(id, key) }
}
