import RawJSON

/// A JSON Pointer (RFC 6901) in which the segment `*` stands for every element of an array and every member of an object.
///
/// The empty path is the value that it starts from.
struct ValuePath: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        case token(JSONPointer)
        case every
    }

    /// What is gone through, in order; tokens that follow each other are one step.
    let steps: [Step]

    init(steps: [Step]) { self.steps = steps }

    init(_ pointer: JSONPointer) { steps = pointer.tokens.isEmpty ? [] : [.token(pointer)] }

    /// Reads a path; everything but the empty one begins with `/`.
    init(_ text: String) throws(ValueProblem) {
        let pointer: JSONPointer
        do {
            pointer = try JSONPointer(parsing: text)
        } catch {
            throw ValueProblem(
                error.code == .missingSlash
                    ? "a path begins with \"/\" or is empty"
                    : "in a path \"~\" stands before 0 or 1 only: \"~0\" is \"~\" and \"~1\" is \"/\""
            )
        }
        var steps: [Step] = []
        var tokens: [String] = []
        for token in pointer.tokens {
            if token == "*" {
                if !tokens.isEmpty { steps.append(.token(JSONPointer(tokens: tokens))) }
                tokens = []
                steps.append(.every)
            } else {
                tokens.append(token)
            }
        }
        if !tokens.isEmpty { steps.append(.token(JSONPointer(tokens: tokens))) }
        self.steps = steps
    }

    /// Whether it is the value itself.
    var isEmpty: Bool { steps.isEmpty }

    /// Whether it may lead to more than one value.
    var hasWildcard: Bool { steps.contains(.every) }

    /// The path as a plain pointer; nil when it has a wildcard.
    var pointer: JSONPointer? {
        guard let first = steps.first else { return JSONPointer() }
        guard steps.count == 1, case .token(let pointer) = first else { return nil }
        return pointer
    }

    /// What comes before the first wildcard, and what comes behind it; nil when there is none.
    var splitAtWildcard: (container: JSONPointer, rest: ValuePath)? {
        guard let position = steps.firstIndex(of: .every) else { return nil }
        var container = JSONPointer()
        if position > 0, case .token(let pointer) = steps[0] { container = pointer }
        return (container, ValuePath(steps: Array(steps[(position + 1)...])))
    }
}

// MARK: - Following

extension ValuePath {
    /// The first value that the path leads to, or nil.
    func first(in value: JSONValue) -> JSONValue? {
        if steps.isEmpty { return value }
        if steps.count == 1, case .token(let pointer) = steps[0] { return value.value(at: pointer) }
        var found: JSONValue?
        _ = visit(value) { match in
            found = match
            return false
        }
        return found
    }

    /// Hands over every value that the path leads to, in document order, until told to stop.
    ///
    /// - Parameter body: returns whether to go on.
    /// - Returns: false when it was told to stop.
    @discardableResult
    func visit(_ value: JSONValue, _ body: (JSONValue) -> Bool) -> Bool { follow(value, from: 0, body) }

    /// Every value that the path leads to, in document order.
    func all(in value: JSONValue) -> [JSONValue] {
        var found: [JSONValue] = []
        visit(value) {
            found.append($0)
            return true
        }
        return found
    }

    private func follow(_ value: JSONValue, from step: Int, _ body: (JSONValue) -> Bool) -> Bool {
        guard step < steps.count else { return body(value) }
        switch steps[step] {
        case .token(let pointer):
            guard let next = value.value(at: pointer) else { return true }
            return follow(next, from: step + 1, body)
        case .every:
            for element in value.elements {
                guard follow(element, from: step + 1, body) else { return false }
            }
            for member in value.members {
                guard follow(member.value, from: step + 1, body) else { return false }
            }
            return true
        }
    }
}

extension ValuePath: CustomStringConvertible {
    var description: String {
        steps.map { step in
            switch step {
            case .token(let pointer): pointer.description
            case .every: "/*"
            }
        }
        .joined()
    }
}
