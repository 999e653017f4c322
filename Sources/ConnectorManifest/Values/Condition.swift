import RawJSON

/// Something that holds or does not hold for a row and the names around it.
indirect enum Condition: Sendable, Hashable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case path(ValuePath, ConditionTest)
    case name(String, ConditionTest)

    /// Puts a single test together as a manifest declares it.
    init(_ parts: ConditionParts) throws(ValueProblem) {
        let test = try ConditionTest(parts)
        switch (parts.at, parts.name) {
        case (let at?, nil):
            do {
                self = .path(try ValuePath(at), test)
            } catch {
                throw ValueProblem(error.message, member: "at")
            }
        case (nil, let name?): self = .name(name, test)
        case (nil, nil): throw ValueProblem("a condition says what it looks at: at for a path into the row, or name")
        default: throw ValueProblem("a condition looks at one thing: at or name, not both", member: "name")
        }
    }

    /// Whether it holds.
    func holds(row: JSONValue?, names: NameScope) -> Bool {
        switch self {
        case .all(let conditions): conditions.allSatisfy { $0.holds(row: row, names: names) }
        case .any(let conditions): conditions.contains { $0.holds(row: row, names: names) }
        case .not(let condition): !condition.holds(row: row, names: names)
        case .path(let path, let test): test.holds(path, in: row)
        case .name(let name, let test): test.holds(names[name])
        }
    }

    /// The names that it looks at, with repeats.
    var names: [String] {
        switch self {
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.names)
        case .not(let condition): condition.names
        case .path: []
        case .name(let name, _): [name]
        }
    }

    /// Whether it looks at the row.
    var usesRow: Bool {
        switch self {
        case .all(let conditions), .any(let conditions): conditions.contains(where: \.usesRow)
        case .not(let condition): condition.usesRow
        case .path: true
        case .name: false
        }
    }
}

/// The members of a single condition as a manifest has them; scalars by their text.
struct ConditionParts {
    var at: String?
    var name: String?
    var equals: String?
    var isIn: [String]?
    var contains: String?
    var beginsWith: String?
    var exists: Bool?
    var ignoringCase = false
}
