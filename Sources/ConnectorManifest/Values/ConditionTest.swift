import RawJSON

/// What a condition asks of a value.
struct ConditionTest: Sendable, Hashable {
    enum Question: Sendable, Hashable {
        case isOne(of: [String])
        case contains(String)
        case beginsWith(String)
        case exists(Bool)
    }

    let question: Question
    let ignoringCase: Bool

    init(_ parts: ConditionParts) throws(ValueProblem) {
        let fold: (String) -> String = { parts.ignoringCase ? $0.lowercased() : $0 }
        var questions: [Question] = []
        if let text = parts.equals { questions.append(.isOne(of: [fold(text)])) }
        if let texts = parts.isIn { questions.append(.isOne(of: texts.map(fold))) }
        if let text = parts.contains { questions.append(.contains(fold(text))) }
        if let text = parts.beginsWith { questions.append(.beginsWith(fold(text))) }
        if let exists = parts.exists { questions.append(.exists(exists)) }
        guard let question = questions.first, questions.count == 1 else {
            throw ValueProblem("a condition asks one of equals, in, contains, beginsWith and exists")
        }
        if case .exists = question, parts.ignoringCase {
            throw ValueProblem("ignoringCase means nothing to exists", member: "ignoringCase")
        }
        self.question = question
        ignoringCase = parts.ignoringCase
    }

    /// Whether it holds for any value that a path leads to; `exists: false` holds when there is none.
    func holds(_ path: ValuePath, in row: JSONValue?) -> Bool {
        guard let row else { return question == .exists(false) }
        if case .exists(let isWanted) = question {
            return path.visit(row) { ConditionTest.isEmpty($0) } != isWanted
        }
        return !path.visit(row) { !holds($0) }
    }

    /// Whether it holds for what a name stands for.
    func holds(_ value: NameValue?) -> Bool {
        guard let value else { return question == .exists(false) }
        switch question {
        case .exists(let isWanted): return value.isEmpty != isWanted
        case .contains:
            guard case .list(let elements) = value else { return holds(text: value.text) }
            return elements.contains { holds(text: $0.text) }
        case .isOne, .beginsWith:
            guard case .list(let elements) = value else { return holds(text: value.text) }
            return elements.count == 1 && holds(text: elements[0].text)
        }
    }

    private func holds(_ value: JSONValue) -> Bool {
        if case .contains = question, value.kind == .array { return value.elements.contains(where: holds) }
        if let truth = value.boolean { return holds(text: truth ? "true" : "false") }
        return value.scalarText.map(holds(text:)) ?? false
    }

    private func holds(text: String) -> Bool {
        let text = ignoringCase ? text.lowercased() : text
        switch question {
        case .isOne(let texts): return texts.contains(text)
        case .contains(let element): return text == element
        case .beginsWith(let start): return text.hasPrefix(start)
        case .exists: return !text.isEmpty
        }
    }

    private static func isEmpty(_ value: JSONValue) -> Bool { value.isNull || value.string?.isEmpty == true }
}
