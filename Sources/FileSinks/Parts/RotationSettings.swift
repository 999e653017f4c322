import RecordingKit

/// How files are compressed and when the next one begins.
struct RotationSettings: Sendable {
    var compression = Compression.none
    /// The length in bytes at which a file is finished; nil keeps to one file.
    var rotateAfter: Int64?

    /// The first file of a kind.
    func firstName(_ kind: RecordKind, format: String) -> PartName {
        PartName(kind: kind, number: rotateAfter == nil ? 0 : 1, format: format, compression: compression)
    }

    /// Whether a file that is there can be written on; otherwise the next one begins.
    func continues(_ name: PartName) -> Bool {
        name.compression == compression && (rotateAfter == nil || name.number > 0)
    }
}
