import RawJSON

@testable import PluginProtocol

/// Parses a text and hands its outermost value over.
func json(_ text: String) throws -> JSONValue { try JSONDocument(parsing: text).root }

/// Reads a connector's message.
func message(_ text: String, items: [JSONValue] = []) throws -> PluginMessage {
    try PluginMessage(json(text), items: items)
}

/// Why a connector's message is refused; nil when it is not.
func violation(_ text: String) throws -> String? {
    do {
        _ = try message(text)
        return nil
    } catch let violation as ProtocolViolation {
        return violation.description
    }
}

/// A connector's message, written and read again.
func again(_ message: PluginMessage) throws -> PluginMessage {
    try PluginMessage(JSONDocument(parsing: message.line()).root)
}

extension [UInt8] {
    var text: String { String(decoding: self, as: UTF8.self) }
}
