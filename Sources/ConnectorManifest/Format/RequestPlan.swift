import RecordingKit

/// A request as a manifest declares it, ready to be filled.
struct RequestPlan: Sendable {
    /// A parameter of a query or a form, or a header field.
    struct Parameter: Sendable {
        let name: String
        let values: [TextTemplate]
    }

    enum Body: Sendable {
        case json(BodyTemplate)
        case form([Parameter])
    }

    var method: String
    var path: PathTemplate
    var query: [Parameter] = []
    var headers: [Parameter] = []
    var body: Body?
    var auditCost = 0
    /// Whether it may be sent twice; nil leaves that to the method.
    var isReplayable: Bool?
    /// The codes that mean that there is nothing there.
    var ignored: Set<TapedeckError.Code> = []

    /// The names that it uses, with repeats.
    var names: [String] {
        let parameters = (query + headers).flatMap(\.values).flatMap(\.names)
        switch body {
        case .json(let template): return path.names + parameters + template.names
        case .form(let form): return path.names + parameters + form.flatMap(\.values).flatMap(\.names)
        case nil: return path.names + parameters
        }
    }
}

/// How the rows of an answer are had: a request, its pages, and what in them is a row.
struct RowsPlan: Sendable {
    var request: RequestPlan
    /// How the answer is cut into pages; nil when it is one.
    var paging: Paging?
    /// What in an element of the paged list is an item; nil when the element is.
    var itemsWithin: RowSearch?
    /// What in an item is a row; nil when the item is.
    var each: RowSearch?
    var condition: Condition?
    /// The codes that mean that there are no rows.
    var ignored: Set<TapedeckError.Code> = []
}

extension RowsPlan {
    /// Stands for rows whose declaration is wrong, while the rest of a manifest is read.
    static let none = RowsPlan(request: RequestPlan(method: "GET", path: .root))
}
