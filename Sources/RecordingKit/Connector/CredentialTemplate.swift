/// Text around settings, such as `Token {apiKey}`: what is sent is made by the host alone, which reads the settings' values.
///
/// A name in braces stands for the setting with that dotted path; `{{` and `}}` stand for braces. Equal when their texts mean the
/// same; never holds a value.
public struct CredentialTemplate: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case text(String)
        case name(String)
    }

    package let parts: [Part]

    /// Reads a template.
    ///
    /// - Parameter text: such as `Token {apiKey}`.
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when a brace stands alone, a name is empty or holds a brace or
    ///   white space.
    public init(parsing text: String) throws {
        var parts: [Part] = []
        var plain = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "{" || character == "}" else {
                plain.append(character)
                continue
            }
            if rest.first == character {
                rest.removeFirst()
                plain.append(character)
                continue
            }
            guard character == "{", let end = rest.firstIndex(of: "}"), CredentialTemplate.isName(rest[..<end]) else {
                throw TapedeckError(
                    .configurationInvalid,
                    "A template for credentials has a brace that stands alone or is not around a name; write {{ or }} for a brace."
                )
            }
            if !plain.isEmpty { parts.append(.text(plain)) }
            plain = ""
            parts.append(.name(String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
        self.parts = parts
    }

    /// The value of one setting, as it is.
    ///
    /// - Parameter path: the setting's dotted path.
    public static func setting(_ path: String) -> CredentialTemplate { CredentialTemplate(parts: [.name(path)]) }

    /// Text that is the same for everyone.
    public static func constant(_ text: String) -> CredentialTemplate {
        CredentialTemplate(parts: text.isEmpty ? [] : [.text(text)])
    }

    /// The names in braces, in order, each as often as it stands there.
    public var names: [String] {
        parts.compactMap { part in
            guard case .name(let name) = part else { return nil }
            return name
        }
    }

    /// The text with each name replaced.
    package func text(_ value: (String) throws -> String) rethrows -> String {
        try parts.map { part in
            switch part {
            case .text(let text): text
            case .name(let name): try value(name)
            }
        }
        .joined()
    }

    private init(parts: [Part]) { self.parts = parts }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && !text.contains { $0 == "{" || $0.isWhitespace }
    }
}

extension CredentialTemplate: ExpressibleByStringLiteral {
    /// Reads a literal template.
    ///
    /// - Precondition: the literal is a valid template; see ``init(parsing:)``.
    public init(stringLiteral text: String) {
        do {
            try self.init(parsing: text)
        } catch {
            preconditionFailure("a literal is not a template for credentials")
        }
    }
}

extension CredentialTemplate: CustomStringConvertible {
    /// The text that parses to an equal template.
    public var description: String {
        parts.map { part in
            switch part {
            case .text(let text): text.replacing("{", with: "{{").replacing("}", with: "}}")
            case .name(let name): "{\(name)}"
            }
        }
        .joined()
    }
}

/// A named value that carries a credential, or a part of one: a header field, a parameter of the query or of a token request.
public struct CredentialField: Sendable, Hashable {
    /// The name, as it is sent.
    public var name: String
    /// What the value is made of.
    public var value: CredentialTemplate

    /// Names a value.
    public init(_ name: String, _ value: CredentialTemplate) {
        self.name = name
        self.value = value
    }
}
