/// What a text of a manifest must be.
enum TextForm: Sendable, Hashable {
    case plain
    case identifier
    case url
    case origin
    /// An amount of time, such as `90s`, `15m`, `12h` or `30d`.
    case duration
    case template
    /// A template over settings alone, for credentials.
    case credential
    /// The path of a request, with holes that are one segment each.
    case requestPath
    /// A JSON Pointer in which `*` stands for every element or member.
    case path
    /// A JSON Pointer.
    case pointer
    /// A path into the row, or a template.
    case value
    /// The dotted name of a declared setting.
    case setting
    /// The dotted name of a declared setting, with `settings.` before it.
    case settingName
    case headerName
    case errorCode
    case word([String])

    /// What is expected, with its article.
    var expectation: String {
        switch self {
        case .plain: "a text"
        case .identifier: "an id of lower-case letters, digits and underscores"
        case .url: "an absolute URL"
        case .origin: "an https origin such as \"https://files.example.com\""
        case .duration: "a duration such as \"90s\", \"15m\", \"12h\" or \"30d\""
        case .template: "a template"
        case .credential: "a template over settings"
        case .requestPath: "a path that begins with \"/\", as a template"
        case .path: "a path"
        case .pointer: "a path without \"*\""
        case .value: "a path or a template"
        case .setting: "the name of a setting"
        case .settingName: "the name of a setting, such as \"settings.calls\""
        case .headerName: "the name of a header field"
        case .errorCode: "an error code such as \"not_found\""
        case .word(let words): TextForm.joined(words)
        }
    }

    /// A regular expression that every such text matches (ECMA-262), where there is a useful one.
    var pattern: String? {
        switch self {
        case .identifier: "^[a-z0-9_]+$"
        case .url: "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\s]+([/?#]\\S*)?$"
        case .origin: "^https://[^/?#@\\s]+$"
        case .duration: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h|d)$"
        case .requestPath: "^/"
        case .path, .pointer: "^(/.*)?$"
        case .setting: "^[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9]*)*$"
        case .settingName: "^settings\\.[A-Za-z0-9.]+$"
        case .headerName: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
        case .errorCode: "^[a-z0-9_]+$"
        case .plain, .template, .credential, .value, .word: nil
        }
    }

    private static func joined(_ words: [String]) -> String {
        ManifestShape.joined(words.map { "\"\($0)\"" })
    }
}
