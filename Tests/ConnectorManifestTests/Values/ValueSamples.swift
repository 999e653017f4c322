import RawJSON
import RecordingKit

@testable import ConnectorManifest

/// The root of a JSON text.
func row(_ text: String) throws -> JSONValue { try JSONDocument(parsing: text).root }

/// Names for templates and conditions.
func scope(_ names: KeyValuePairs<String, NameValue>) -> NameScope {
    var scope = NameScope()
    for (name, value) in names { scope.bind(name, value) }
    return scope
}

/// The text of a JSON value as it would be written.
func written(_ value: JSONValue) -> String { String(decoding: value.rawBytes, as: UTF8.self) }

/// The problem that an initialiser throws; nil when it does not.
func problem(_ body: () throws -> some Any) -> ValueProblem? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? ValueProblem
    }
}
