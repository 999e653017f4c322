/// Builds the `Link` header fields of a page, quirks and link faults included.
struct WebexLink {
    let quirks: WebexQuirks
    let fault: FaultEffect?
    /// The authority that the request named.
    let authority: String
    let request: HTTPRequest

    /// - Parameter cursor: where the listing goes on, or `nil` on its last page.
    func fields(next cursor: WebexCursor?) -> [(name: String, value: String)] {
        switch fault {
        case .garbageLink:
            return [("Link", "<http://\(authority)/v1/recording; rel=next \"<<")]
        case .linkToSelf:
            return [("Link", field("http://\(authority)\(request.target)"))]
        case .linkToStart:
            return [("Link", field(url(parameters(cursor: nil), authority: "http://\(authority)")))]
        case .foreignLink(let origin):
            return [("Link", field(url(parameters(cursor: cursor), authority: origin)))]
        default:
            return properFields(next: cursor)
        }
    }

    private func properFields(next cursor: WebexCursor?) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        if quirks.sendsOtherLinkFirst {
            fields.append(("Link", "<https://developer.webex.com/docs/basics>; rel=\"help\"; title=\"a, b; rel=next\""))
        }
        guard let cursor else { return fields }
        var address = url(parameters(cursor: cursor), authority: "http://\(authority)")
        if quirks.nextHasPrefix { address = "https,\(address)" }
        var value = field(address)
        if quirks.sendsSeveralRelations {
            value = "<\(url(parameters(cursor: nil), authority: "http://\(authority)"))>; rel=\"first\", \(value)"
        }
        fields.append(("Link", value))
        return fields
    }

    private func field(_ url: String) -> String {
        quirks.relationIsUnquoted ? "<\(url)>; rel=next" : "<\(url)>; rel=\"next\""
    }

    private func url(_ parameters: QueryParameters, authority: String) -> String {
        parameters.items.isEmpty ? "\(authority)\(request.path)" : "\(authority)\(request.path)?\(parameters.encoded)"
    }

    private func parameters(cursor: WebexCursor?) -> QueryParameters {
        var items = request.query.items.filter { $0.name != "cursor" }
        if quirks.nextDropsParameters { items.removeAll { $0.name != "max" && $0.name != "recordingId" } }
        if quirks.nextHasNullMax {
            items.removeAll { $0.name == "max" }
            items.append(QueryParameters.Item(name: "max", value: "null"))
        }
        if quirks.nextHasValuelessParameter, !items.contains(where: { $0.name == "before" }) {
            items.append(QueryParameters.Item(name: "before", value: nil))
        }
        if let cursor { items.append(QueryParameters.Item(name: "cursor", value: cursor.text)) }
        return QueryParameters(items: items)
    }
}
