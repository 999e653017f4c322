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

    /// The object with the member that `parameter` names set to `value`, the others as they were.
    ///
    /// - Parameter parameter: a member's name, or a pointer to one when it begins with a slash.
    /// - Throws: `TapedeckError` with code `connector_failed` when something else than an object is on the way.
    func setting(_ parameter: String, to value: PageParameter) throws -> [UInt8] {
        let path = parameter.hasPrefix("/") ? try? JSONPointer(parsing: parameter).tokens : [parameter]
        guard let path, let document = try? JSONDocument(parsing: bytes) else { throw JSONBody.unusable }
        var writer = JSONWriter(reservingCapacity: bytes.count + 64)
        try JSONBody.write(document.root, setting: path[...], to: value, into: &writer)
        return writer.take()
    }

    private static func write(
        _ object: JSONValue?,
        setting path: ArraySlice<String>,
        to value: PageParameter,
        into writer: inout JSONWriter
    ) throws {
        guard let name = path.first else {
            value.write(into: &writer)
            return
        }
        if let object, !object.isNull, object.kind != .object { throw JSONBody.unusable }
        let members = object?.members.map { (name: $0.name, value: $0.value) } ?? []
        writer.beginObject()
        for member in members where member.name != name {
            writer.name(member.name)
            writer.raw(member.value)
        }
        writer.name(name)
        let inner = members.last { $0.name == name }?.value
        try write(inner, setting: path.dropFirst(), to: value, into: &writer)
        writer.endObject()
    }

    private static var unusable: TapedeckError {
        TapedeckError(.connectorFailed, "A paging parameter in the body needs a JSON object as the request's content.")
    }
}
