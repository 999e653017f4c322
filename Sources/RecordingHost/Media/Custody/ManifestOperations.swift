/// The calls that can fail late, so that a test can let them fail.
struct ManifestOperations: Sendable {
    /// Appends some of the bytes and returns how many.
    var write: @Sendable (OpenFile, Span<UInt8>) throws(SystemError) -> Int
    /// Makes what was appended durable.
    var synchronize: @Sendable (OpenFile) throws(SystemError) -> Void

    /// The system's own calls.
    static let system = ManifestOperations(
        write: { file, bytes throws(SystemError) in try file.write(bytes) },
        synchronize: { file throws(SystemError) in try file.synchronize() }
    )
}
