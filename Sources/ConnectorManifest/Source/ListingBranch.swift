import RawJSON
import RecordingKit

/// How far a discovery went down into the steps, and what was bound on the way.
struct ListingBranch {
    var names: NameScope
    private(set) var depth = 0
    /// The row that the last step entered.
    private(set) var row: JSONValue?
    private var bound: [(name: String, value: String, shown: String)] = []

    init(names: NameScope) { self.names = names }

    /// One step further, inside a row.
    func entering(_ row: JSONValue) -> ListingBranch {
        var inner = self
        inner.depth += 1
        inner.row = row
        return inner
    }

    /// Lets a name stand for a value from here on.
    ///
    /// - Parameter shown: what people see of the value.
    mutating func bind(_ name: String, _ value: String, shown: String) {
        names.bind(name, .text(value))
        bound.append((name: name, value: value, shown: shown))
    }

    /// What tells the branch from all others: its names and values, encoded so that none can look like another's.
    var key: String {
        bound.isEmpty
            ? "all"
            : bound.map { "\($0.name)/\(PercentEncoding.encode($0.value))" }.joined(separator: "/")
    }

    /// What people are shown.
    var label: String {
        bound.isEmpty ? "everything" : bound.map { "\($0.name) \($0.shown)" }.joined(separator: ", ")
    }

    /// What a listing needs in order to be read.
    var parameters: [String: String] { Dictionary(bound.map { ($0.name, $0.value) }) { $1 } }
}
