package import RawJSON

/// How the next page is found; made through the factories of ``Paging``.
public struct PagingStrategy: Sendable {
    package enum Kind: Sendable {
        case single
        case linkHeader
        case nextURL(at: JSONPointer)
        case cursor(at: JSONPointer, parameter: String, place: ParameterPlace)
        case pageNumber(parameter: String, first: Int, totalPages: JSONPointer?, place: ParameterPlace)
        case offset(parameter: String, place: ParameterPlace)
        case lastID(parameter: String, key: String, place: ParameterPlace)
    }

    package let kind: Kind
}
