import RecordingKit

extension RequestPlan {
    /// The request with its holes filled.
    ///
    /// - Throws: `connector_failed` when a filter cannot be applied to what a name stands for.
    func request(_ names: NameScope) throws(TapedeckError) -> APIRequest {
        do {
            var request = APIRequest(method, path.endpoint, parameters: try path.parameters(names))
            request.query = try items(query, names)
            for parameter in headers {
                for template in parameter.values {
                    guard let text = try template.text(names) else { continue }
                    request.headers.set(parameter.name, text)
                }
            }
            switch body {
            case .json(let template): request.body = .json(try template.render(names: names))
            case .form(let form): request.body = .form(try items(form, names))
            case nil: break
            }
            request.auditCost = auditCost
            if let isReplayable { request.isReplayable = isReplayable }
            return request
        } catch {
            var failure = TapedeckError(
                .connectorFailed,
                "The manifest's request cannot be filled: a value \(error.message)."
            )
            failure.endpoint = "\(method) \(path.endpoint)"
            throw failure
        }
    }

    private func items(_ parameters: [Parameter], _ names: NameScope) throws(ValueProblem) -> [QueryItem] {
        var items: [QueryItem] = []
        for parameter in parameters {
            for template in parameter.values {
                if let value = try item(template, names) { items.append(QueryItem(parameter.name, value)) }
            }
        }
        return items
    }

    /// The start of a window is named as such, so that a request that had to wait is never older than the platform allows.
    private func item(_ template: TextTemplate, _ names: NameScope) throws(ValueProblem) -> QueryValue? {
        if template.soleName == "window.from", case .time(let start) = names["window.from"] { return .start(start) }
        return try template.text(names).map { .text($0) }
    }
}
