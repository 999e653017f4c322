import RawJSON

/// Where in a value rows are, and what of the way there a platform may leave out.
///
/// Unlike a field, which may be missing, a list that is not where it was declared may hide everything that is in it.
struct RowSearch: Sendable {
    let path: ValuePath
    /// Whether a list that is missing or null is an empty one.
    var mayBeAbsent = false
    /// Whether `*` stands for the members of an object as well as for the elements of an array.
    var takesMembers = false

    /// Whether a value can be what stands before a `*`, or at the end of a path without one.
    func isContainer(_ value: JSONValue) -> Bool {
        value.kind == .array || value.kind == .object && (takesMembers || !path.hasWildcard)
    }

    /// The rows in document order; the elements of an array at the path's end are rows of their own.
    ///
    /// - Parameter faults: counts the lists that are missing or are none.
    func rows(in value: JSONValue, _ faults: inout FaultTally) -> [JSONValue] {
        var rows: [JSONValue] = []
        if !collect(value, from: 0, into: &rows) { faults.addUnusable("item(s) without a list at \"\(path)\"") }
        return rows
    }

    /// Collects what is there, and returns whether nothing was missing.
    private func collect(_ value: JSONValue, from step: Int, into rows: inout [JSONValue]) -> Bool {
        guard step < path.steps.count else { return finish(value, into: &rows) }
        switch path.steps[step] {
        case .token(let pointer):
            guard let next = value.value(at: pointer), !next.isNull else { return mayBeAbsent }
            return collect(next, from: step + 1, into: &rows)
        case .every:
            var isWhole = value.kind == .array || value.kind == .object && takesMembers
            guard isWhole else { return false }
            for element in Array(value.elements) + value.members.map(\.value)
            where !collect(element, from: step + 1, into: &rows) {
                isWhole = false
            }
            return isWhole
        }
    }

    private func finish(_ value: JSONValue, into rows: inout [JSONValue]) -> Bool {
        switch value.kind {
        case .array: rows += value.elements
        case .object: rows.append(value)
        default:
            // A list may hold texts and numbers; in place of a list they are none.
            guard path.steps.last == .every else { return false }
            rows.append(value)
        }
        return true
    }
}
