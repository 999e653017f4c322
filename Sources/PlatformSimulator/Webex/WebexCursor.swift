/// The state that a next link carries, opaque to clients.
enum WebexCursor: Equatable {
    /// After this place in a list of summaries; `pages` counts the pages served so far.
    case summaries(WebexPosition, pages: Int)
    /// From this access row on.
    case rows(Int)

    var text: String {
        switch self {
        case .summaries(let position, let pages):
            Self.mask("s.\(position.time).\(position.ordinal).\(pages)")
        case .rows(let next):
            Self.mask("r.\(next)")
        }
    }

    init?(_ text: String) {
        guard let parts = Self.unmask(text)?.split(separator: "."), let kind = parts.first else { return nil }
        let numbers = parts.dropFirst().compactMap { Int($0) }
        switch (kind, numbers.count) {
        case ("s", 3): self = .summaries(WebexPosition(time: Int64(numbers[0]), ordinal: numbers[1]), pages: numbers[2])
        case ("r", 1): self = .rows(numbers[0])
        default: return nil
        }
    }

    private static let key: [UInt8] = [0x5a, 0x13, 0xc7, 0x38, 0x9e]

    private static func mask(_ text: String) -> String {
        var bytes = JSONBytes(capacity: text.utf8.count * 2)
        for (index, byte) in text.utf8.enumerated() {
            bytes.hexadecimal(UInt64(byte ^ key[index % key.count]), digits: 2)
        }
        return String(decoding: bytes.bytes, as: UTF8.self)
    }

    private static func unmask(_ text: String) -> String? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte ^ key[(index / 2) % key.count])
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
