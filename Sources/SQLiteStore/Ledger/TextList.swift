import RecordingKit

/// Lists and tables of texts, as the JSON text in which a column keeps them.
enum TextList {
    static func text(_ list: [String]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for text in list { writer.string(text) }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Names and values one after another, by name.
    static func text(_ dictionary: [String: String]) -> String {
        text(dictionary.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    }

    static func list(_ text: String) throws -> [String] {
        do {
            return try JSONDocument(parsing: text).root.elements.compactMap(\.string)
        } catch {
            throw TapedeckError(
                .ledgerFailed,
                "the ledger holds a list that cannot be read; it was changed by another program"
            )
        }
    }

    static func dictionary(_ text: String) throws -> [String: String] {
        let list = try list(text)
        return stride(from: 0, to: list.count - 1, by: 2).reduce(into: [:]) { $0[list[$1]] = list[$1 + 1] }
    }
}
