/// One member of a record, as data.
package struct RecordField: Sendable {
    /// The name on the wire.
    package let name: String
    /// What values it takes, besides null.
    package let type: RecordFieldType
    /// What it means.
    package let help: String
    /// Whether it is null where nothing is known.
    package let isNullable: Bool
    /// Whether every record of the kind has it.
    package let isRequired: Bool

    private init(_ name: String, _ type: RecordFieldType, _ help: String, isNullable: Bool, isRequired: Bool) {
        self.name = name
        self.type = type
        self.help = help
        self.isNullable = isNullable
        self.isRequired = isRequired
    }

    /// A member that always has a value.
    static func value(_ name: String, _ type: RecordFieldType, _ help: String) -> RecordField {
        RecordField(name, type, help, isNullable: false, isRequired: true)
    }

    /// A member that is always there, null where nothing is known.
    static func known(_ name: String, _ type: RecordFieldType, _ help: String) -> RecordField {
        RecordField(name, type, help, isNullable: true, isRequired: true)
    }

    /// A member that may be absent, and null where there is nothing to show.
    static func optional(_ name: String, _ type: RecordFieldType, _ help: String) -> RecordField {
        RecordField(name, type, help, isNullable: true, isRequired: false)
    }
}

/// What values a member of a record takes.
package indirect enum RecordFieldType: Sendable {
    /// Any text, also an empty one.
    case text
    /// A text that is not empty.
    case identifier
    /// A text that matches a pattern (ECMA-262, without flags).
    case pattern(String)
    /// A time in UTC as RFC 3339 writes it, with `Z` and at most nine digits of a fraction.
    case time
    /// A whole number from 0.
    case count
    /// True or false.
    case boolean
    /// One of these words.
    case word([String])
    /// One or more of these words.
    case words([String])
    /// An object with these members and no others.
    case object([RecordField])
    /// An object whose members are all texts.
    case texts
    /// An object of the platform's own, of any content.
    case platformObject
}
