import RawJSON
import RecordingKit

/// The value of a parameter that leads to a page.
enum PageParameter: Sendable {
    /// A page's number or size, or how many items come before it.
    case number(Int)
    /// What the platform handed out, as it came.
    case token(JSONValue)

    /// As text for the query; nil when it is neither text nor a number.
    var text: String? {
        switch self {
        case .number(let number): String(number)
        case .token(let value): value.scalarText
        }
    }

    func write(into writer: inout JSONWriter) {
        switch self {
        case .number(let number): writer.integer(number)
        case .token(let value): writer.raw(value)
        }
    }
}

extension APIRequest {
    /// Sets a parameter of paging.
    ///
    /// - Throws: `TapedeckError`: `paging_broken` when the value cannot stand in a query, `connector_failed` when the content cannot
    ///   take it.
    mutating func set(_ parameter: String, to value: PageParameter, in place: ParameterPlace) throws {
        guard place == .query else {
            body = .json(try JSONBody(body).setting(parameter, to: value))
            return
        }
        guard let text = value.text else {
            throw TapedeckError(.pagingBroken, "The cursor to the next page is neither text nor a number.")
        }
        setQuery(parameter, text)
    }

    /// Sets a parameter of the query, in place when it is there already.
    mutating func setQuery(_ name: String, _ value: String) {
        if let index = query.firstIndex(where: { $0.name == name }) {
            query[index].value = .text(value)
        } else {
            query.append(QueryItem(name, .text(value)))
        }
    }
}
