import RecordingKit

/// The name of one file of one kind of records: `recordings.jsonl`, `recordings.0003.jsonl.zst`.
///
/// The number says the order and is in the name from the beginning, so nothing is ever renamed: of one kind's files the one with
/// the highest number is written to, all others are finished. A name without a number comes first.
struct PartName: Hashable {
    let kind: RecordKind
    /// 0 stands for none.
    let number: Int
    let format: String
    let compression: Compression

    private static let digits = 4

    /// The name in the folder and in a position.
    var text: String {
        let digits = String(number)
        let padding = String(repeating: "0", count: max(0, Self.digits - digits.count))
        return kind.rawValue + (number == 0 ? "" : ".\(padding)\(digits)") + ".\(format)" + compression.suffix
    }

    init(kind: RecordKind, number: Int, format: String, compression: Compression) {
        self.kind = kind
        self.number = number
        self.format = format
        self.compression = compression
    }

    /// Reads a name as ``text`` writes it; nil for any other.
    init?(_ text: String, kinds: [RecordKind], format: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let kind = kinds.first(where: { $0.rawValue == parts[0] }) else { return nil }
        let number = parts.count > 2 ? Int(parts[1]) ?? 0 : 0
        for compression in Compression.all {
            self.init(kind: kind, number: max(0, number), format: format, compression: compression)
            if self.text == text { return }
        }
        return nil
    }

    /// The part that follows this one.
    func next(_ compression: Compression) -> PartName {
        PartName(kind: kind, number: number + 1, format: format, compression: compression)
    }
}
