/// What a value of a manifest may be.
indirect enum ManifestShape: Sendable {
    case text(TextForm)
    case whole(ClosedRange<Int64>)
    /// A number above 0, with or without a fraction.
    case number
    case boolean
    /// A text, a number, or true or false.
    case scalar
    case list(of: ManifestShape, minimum: Int)
    /// An object whose names are the author's own.
    case map(of: ManifestShape, names: String)
    /// An object whose keys the table lists, by the definition's name.
    case object(String)
    /// One of several shapes, told apart by the kind of value, and several objects by their keys.
    case either([ManifestShape])
    case anything
}

extension ManifestShape {
    static func list(of element: ManifestShape) -> ManifestShape { .list(of: element, minimum: 0) }
    static func word(_ words: String...) -> ManifestShape { .text(.word(words)) }

    /// A path into the row, a template, or the long form of a value.
    static let value = ManifestShape.either([.text(.value), .object("value")])
    /// A condition, or a list of which all must hold.
    static let condition = ManifestShape.either([.object("condition"), .list(of: .object("condition"))])
    static let template = ManifestShape.text(.template)
    static let path = ManifestShape.text(.path)
    static let duration = ManifestShape.text(.duration)
    static let setting = ManifestShape.text(.setting)
    static let plain = ManifestShape.text(.plain)
    /// One template, or several for a name that is sent more than once.
    static let templates = ManifestShape.either([.template, .list(of: .template, minimum: 1)])
    static let errorCodes = ManifestShape.list(of: .text(.errorCode), minimum: 1)

    /// What is expected, with its article, for messages and for the reference.
    var expectation: String {
        switch self {
        case .text(let form): form.expectation
        case .whole(let range): ManifestShape.expectation(of: range)
        case .number: "a number above 0"
        case .boolean: "true or false"
        case .scalar: "a text, a number, or true or false"
        case .list(let element, _): "a list, each \(element.expectation)"
        case .map(let element, let names): "an object from \(names) to \(element.expectation)"
        case .object(let name): "\(ManifestTable.definition(name)?.expectation ?? "an object")"
        case .either(let shapes): ManifestShape.joined(shapes.map(\.expectation))
        case .anything: "any JSON"
        }
    }

    private static func expectation(of range: ClosedRange<Int64>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (.min, .max): "a whole number"
        case (let lower, .max): "a whole number from \(lower)"
        case (let lower, let upper): "a whole number from \(lower) to \(upper)"
        }
    }

    /// `a`, `a, or b`, or `a, b, or c`.
    static func joined(_ choices: [String]) -> String {
        guard choices.count > 1, let last = choices.last else { return choices.first ?? "" }
        return "\(choices.dropLast().joined(separator: ", ")), or \(last)"
    }
}
