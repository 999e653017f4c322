import RawJSON
import RecordingKit

extension TextForm {
    /// What is wrong with a text of this form, as a message; nil when nothing can be said without knowing the names around it.
    func complaint(about text: String) -> String? {
        guard !isFine(text) else { return nil }
        return text.isEmpty
            ? "found an empty text, expected \(expectation)"
            : "found \"\(text.shownShort)\", expected \(expectation)"
    }

    private func isFine(_ text: String) -> Bool {
        switch self {
        case .plain: !text.isEmpty
        case .identifier, .errorCode: !text.isEmpty && text.utf8.allSatisfy(TextForm.isSnakeByte)
        case .url: HTTPURL(text).map { $0.query == nil } ?? false
        case .origin: OriginPattern(text) != nil
        case .duration: TextForm.duration(text) != nil
        case .requestPath: text.hasPrefix("/")
        case .pointer: !text.split(separator: "/").contains("*") && (try? JSONPointer(parsing: text)) != nil
        case .headerName: TextForm.isToken(text)
        case .settingName: text.hasPrefix("settings.")
        case .template, .credential, .path, .value, .setting, .word: true
        }
    }

    /// An amount of time as a manifest writes it; nil when it is none.
    static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let factors: [Substring: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let first = digits.first, first != ".", let factor = factors[text[digits.endIndex...]],
            let number = Double(digits), number * factor <= 3_600_000_000
        else { return nil }
        let milliseconds = (number * factor * 1_000).rounded()
        return .milliseconds(Int64(milliseconds))
    }

    /// Whether a text can be the name of a header field (RFC 9110, section 5.1).
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static func isSnakeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "_"): true
        default: false
        }
    }
}
