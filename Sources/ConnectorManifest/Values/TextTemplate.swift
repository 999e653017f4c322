import RawJSON
import RecordingKit

/// A text with holes, such as `{name}`, `{name | filter | filter}`, or `{/path}` for a value of the row.
///
/// `{{` and `}}` are braces.
struct TextTemplate: Sendable, Hashable {
    /// What fills a hole.
    enum Source: Sendable, Hashable {
        case name(String)
        case path(ValuePath)
    }

    struct Hole: Sendable, Hashable {
        let source: Source
        let filters: [TemplateFilter]
    }

    enum Piece: Sendable, Hashable {
        case literal(String)
        case hole(Hole)
    }

    /// Literal texts and holes in order; never two literals next to each other.
    let pieces: [Piece]

    /// Reads a template.
    init(_ text: String) throws(ValueProblem) {
        var parser = TemplateParser(text)
        pieces = try parser.parse()
    }

    /// The names that the holes use, in order and with repeats.
    var names: [String] {
        holes.compactMap {
            guard case .name(let name) = $0.source else { return nil }
            return name
        }
    }

    /// Whether a hole takes a value of the row.
    var usesRow: Bool {
        holes.contains {
            guard case .path = $0.source else { return false }
            return true
        }
    }

    /// The holes in order.
    var holes: [Hole] {
        pieces.compactMap {
            guard case .hole(let hole) = $0 else { return nil }
            return hole
        }
    }

    /// The text itself when there are no holes.
    var literal: String? {
        guard let first = pieces.first else { return "" }
        guard pieces.count == 1, case .literal(let text) = first else { return nil }
        return text
    }

    /// The name when the template is exactly `{name}`.
    var soleName: String? {
        guard let hole = soleHole, hole.filters.isEmpty, case .name(let name) = hole.source else { return nil }
        return name
    }

    private var soleHole: Hole? {
        guard pieces.count == 1, case .hole(let hole) = pieces[0] else { return nil }
        return hole
    }
}

// MARK: - Filling

extension TextTemplate {
    /// Fills the holes.
    ///
    /// - Returns: a time when the whole is one hole that holds a time, else a text; absent when a hole has no value; failed when a
    ///   filter cannot be applied to what is there.
    func evaluate(row: JSONValue? = nil, names: NameScope) -> ValueResult {
        if let hole = soleHole {
            switch fill(hole, row, names) {
            case .value(.time(let time)): return .time(time)
            case .value(.boolean(let value)): return .boolean(value)
            case .value(let value): return .present(value.text)
            case .absent: return .absent
            case .failed(let reason): return .failed(reason)
            }
        }
        var result = ""
        for piece in pieces {
            switch piece {
            case .literal(let text): result += text
            case .hole(let hole):
                switch fill(hole, row, names) {
                case .value(let value): result += value.text
                case .absent: return .absent
                case .failed(let reason): return .failed(reason)
                }
            }
        }
        return .present(result)
    }

    /// Fills the holes of a template that no row belongs to.
    ///
    /// - Returns: nil when a hole has no value.
    /// - Throws: when a filter cannot be applied to what is there.
    func text(_ names: NameScope) throws(ValueProblem) -> String? {
        let result = evaluate(names: names)
        if case .failed(let reason) = result { throw ValueProblem(reason) }
        return result.text
    }

    /// What a template of one hole holds, with its type; nil when it has no value or is more than one hole.
    func soleValue(_ names: NameScope) throws(ValueProblem) -> NameValue? {
        guard let hole = soleHole else { return nil }
        switch fill(hole, nil, names) {
        case .value(let value): return value
        case .absent: return nil
        case .failed(let reason): throw ValueProblem(reason)
        }
    }

    private enum Filling {
        case value(NameValue)
        case absent
        case failed(String)
    }

    private func fill(_ hole: Hole, _ row: JSONValue?, _ names: NameScope) -> Filling {
        var value: NameValue
        switch hole.source {
        case .name(let name):
            guard let bound = names[name] else { return .absent }
            value = bound
        case .path(let path):
            guard let found = row.flatMap({ path.first(in: $0) }) else { return .absent }
            switch ValueConversion.text.read(found) {
            case .text(let text): value = .text(text)
            case .failed(let reason): return .failed(reason)
            default: return .absent
            }
        }
        for filter in hole.filters {
            guard let filtered = filter.apply(to: value) else { return .failed("does not suit \(filter.rawValue)") }
            value = filtered
        }
        return .value(value)
    }
}
