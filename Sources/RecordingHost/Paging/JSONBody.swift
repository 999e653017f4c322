import RawJSON
import RecordingKit

/// A request's JSON object, with one member changed for the next page.
struct JSONBody: Sendable {
    private let bytes: [UInt8]

    /// - Throws: `TapedeckError` with code `connector_failed` when the content is not JSON.
    init(_ body: RequestBody?) throws {
        switch body {
        case .json(let bytes): self.bytes = bytes
        case nil: bytes = Array("{}".utf8)
        case .form: throw JSONBody.unusable
        }
    }

    /// The object with the member `name` set to `value`, the others as they were.
    func setting(_ name: String, to value: JSONValue) throws -> [UInt8] {
        guard let document = try? JSONDocument(parsing: bytes), document.root.kind == .object else {
            throw JSONBody.unusable
        }
        var writer = JSONWriter(reservingCapacity: bytes.count + 64)
        writer.beginObject()
        for member in document.root.members where member.name != name {
            writer.name(member.name)
            writer.raw(member.value)
        }
        writer.name(name)
        writer.raw(value)
        writer.endObject()
        return writer.take()
    }

    private static var unusable: TapedeckError {
        TapedeckError(.connectorFailed, "A cursor in the body needs a JSON object as the request's content.")
    }
}
