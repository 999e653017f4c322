import RawJSON
import RecordingKit

/// What a name stands for.
enum NameValue: Sendable, Hashable {
    case text(String)
    case time(Timestamp)
    /// A number by its own digits.
    case number(String)
    case boolean(Bool)
    case list([NameValue])

    /// A bound value; nil when there is none, because the name is absent then.
    init?(_ result: ValueResult) {
        switch result {
        case .text(let text): self = .text(text)
        case .time(let time): self = .time(time)
        case .integer(let number): self = .number(String(number))
        case .boolean(let value): self = .boolean(value)
        case .absent, .failed: return nil
        }
    }

    /// The value as text: times as RFC 3339, lists separated by commas.
    var text: String {
        switch self {
        case .text(let text), .number(let text): text
        case .time(let time): time.description
        case .boolean(let value): value ? "true" : "false"
        case .list(let elements): elements.lazy.map(\.text).joined(separator: ",")
        }
    }

    /// Whether it counts as nothing: an empty text or an empty list.
    var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .list(let elements): elements.isEmpty
        default: false
        }
    }
}

/// The names that templates and conditions may use, with what they stand for.
///
/// There are few of them, so they are looked up one after the other, the latest first; a copy shares what was bound before.
struct NameScope: Sendable {
    private var entries: [(name: String, value: NameValue)] = []

    init() {}

    /// What a name stands for; nil when it is absent.
    subscript(name: String) -> NameValue? {
        for entry in entries.reversed() where entry.name == name { return entry.value }
        return nil
    }

    /// Lets a name stand for a value; an empty one, or nil, hides what it stood for before.
    mutating func bind(_ name: String, _ value: NameValue?) {
        if let position = entries.firstIndex(where: { $0.name == name }) { entries.remove(at: position) }
        guard let value, !value.isEmpty else { return }
        entries.append((name, value))
    }

    /// Lets a name stand for what a person configured; members of an object get names with dots.
    mutating func bind(_ name: String, setting: SettingValue) {
        if case .object(let members) = setting {
            for (member, value) in members.sorted(by: { $0.key < $1.key }) { bind("\(name).\(member)", setting: value) }
        } else {
            bind(name, NameValue(setting: setting))
        }
    }

    /// The same names and one more.
    func binding(_ name: String, _ value: NameValue?) -> NameScope {
        var copy = self
        copy.bind(name, value)
        return copy
    }
}

extension NameValue {
    /// What a person configured; nil for an object, which has names of its own.
    ///
    /// In a list an object is its JSON.
    init?(setting: SettingValue) {
        switch setting {
        case .string(let text): self = .text(text)
        case .integer(let number): self = .number(String(number))
        case .number(let number): self = .number(String(number))
        case .boolean(let value): self = .boolean(value)
        case .list(let elements): self = .list(elements.map { NameValue(setting: $0) ?? NameValue(json: $0) })
        case .object: return nil
        }
    }

    private init(json setting: SettingValue) {
        var writer = JSONWriter()
        setting.write(to: &writer)
        self = .text(String(decoding: writer.bytes, as: UTF8.self))
    }
}
