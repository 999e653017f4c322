import JSON5
import RawJSON
import RecordingKit

extension ManifestReader {
    /// What is added to every request.
    struct Additions {
        var headers: [RequestPlan.Parameter] = []
        var query: [RequestPlan.Parameter] = []
    }

    /// Reads what is added to every request.
    func additions(_ place: ManifestPlace?, _ names: KnownNames) -> Additions {
        Additions(
            headers: parameters(place?.member("headers"), names),
            query: parameters(place?.member("query"), names)
        )
    }

    /// Reads a request.
    func request(_ place: ManifestPlace?, _ names: KnownNames, adding additions: Additions) -> RequestPlan? {
        guard let place else { return nil }
        let path = requestPath(place, names)
        var request = RequestPlan(method: place.member("method")?.text ?? "GET", path: path ?? .root)
        request.query = parameters(place.member("query"), names)
        request.headers = parameters(place.member("headers"), names)
        checkHeaders(place.member("headers"))
        let givenQuery = Set(request.query.map(\.name))
        let givenHeaders = Set(request.headers.map { $0.name.lowercased() })
        request.query += additions.query.filter { !givenQuery.contains($0.name) }
        request.headers += additions.headers.filter { !givenHeaders.contains($0.name.lowercased()) }
        request.body = body(place, names)
        if request.body != nil, request.method == "GET" || request.method == "HEAD" {
            log.add("a \(request.method) request has no body; say which method it is", at: place)
        }
        request.auditCost = Int(place.member("auditCost")?.integer ?? 0)
        request.isReplayable = place.member("replayable")?.boolean
        request.ignored = ignoredCodes(place.member("ignore"))
        return path == nil ? nil : request
    }

    private func requestPath(_ place: ManifestPlace, _ names: KnownNames) -> PathTemplate? {
        guard let member = place.member("path"), let text = member.text, text.hasPrefix("/") else { return nil }
        let twice = place.member("encodeTwice")?.elements ?? []
        let path = attempt(member) { () throws(ValueProblem) in
            try PathTemplate(text, encodedTwice: Set(twice.compactMap(\.text)))
        }
        guard let path else { return nil }
        check(path.names, names, at: member)
        for name in twice {
            guard let text = name.text, !path.names.contains(text) else { continue }
            log.add(
                "the path has no hole \"\(text.shownShort)\" to encode twice",
                at: name,
                suggestion: nearestName(to: text, among: path.names)
            )
        }
        return path
    }

    /// Reads parameters, each with one template or several.
    func parameters(_ place: ManifestPlace?, _ names: KnownNames) -> [RequestPlan.Parameter] {
        (place?.members ?? []).map { member in
            RequestPlan.Parameter(
                name: member.name,
                values: member.place.oneOrMore.compactMap { template($0, names) }
            )
        }
    }

    private func checkHeaders(_ place: ManifestPlace?) {
        for member in place?.members ?? [] {
            if let complaint = TextForm.headerName.complaint(about: member.name) {
                log.add(complaint, at: member.place)
            }
        }
    }

    private func body(_ place: ManifestPlace, _ names: KnownNames) -> RequestPlan.Body? {
        if let json = place.member("json") {
            if let form = place.member("form") { log.add("a request has one body: json or form", at: form) }
            return bodyTemplate(json, names).map { .json($0) }
        }
        return place.member("form").map { .form(parameters($0, names)) }
    }

    private func bodyTemplate(_ place: ManifestPlace, _ names: KnownNames) -> BodyTemplate? {
        switch place.node.value {
        case .null: return .null
        case .boolean(let truth): return .boolean(truth)
        case .number(let number):
            guard let digits = number.scalarText else {
                log.add("JSON cannot write the number \(number.text)", at: place)
                return nil
            }
            return .number(digits)
        case .string: return template(place, names).map { .text($0) }
        case .array: return .list(place.elements.compactMap { bodyTemplate($0, names) })
        case .object:
            return .object(
                place.members.compactMap { member in
                    bodyTemplate(member.place, names).map { BodyTemplate.Member(name: member.name, value: $0) }
                }
            )
        }
    }
}
