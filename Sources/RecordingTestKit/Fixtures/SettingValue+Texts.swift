import RecordingKit

extension SettingValue {
    /// Every text in the value.
    var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .list(let elements): elements.flatMap(\.texts)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.texts)
        case .integer, .number, .boolean: []
        }
    }
}
