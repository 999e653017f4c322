import RawJSON
import RecordingKit

extension ManifestReader {
    /// Reads a request with its paging and the place of its rows.
    func rows(_ place: ManifestPlace, _ names: KnownNames, adding additions: Additions) -> RowsPlan? {
        let request = request(place.member("request"), names, adding: additions)
        var rows = RowsPlan(request: request ?? RowsPlan.none.request)
        rows.each = each(place)
        rows.condition = condition(place.member("where"), names: names)
        rows.ignored = rows.request.ignored.union(ignoredCodes(place.member("ignore")))
        if let paging = place.member("paging") {
            let items = path(paging.member("items")) ?? ValuePath(JSONPointer())
            let list = items.splitAtWildcard
            rows.paging = self.paging(paging, items: list?.container ?? items.pointer ?? JSONPointer())
            if let rest = list?.rest, !rest.isEmpty {
                rows.itemsWithin = RowSearch(path: rest, mayBeAbsent: rows.paging?.itemsMayBeAbsent ?? false)
            }
            checkBody(paging, rows.request)
        }
        return request == nil ? nil : rows
    }

    /// Reads where in an item the rows are.
    private func each(_ place: ManifestPlace) -> RowSearch? {
        let mayBeAbsent = place.member("eachMayBeAbsent")
        let takesMembers = place.member("eachTakesMembers")
        guard let member = place.member("each") else {
            for (key, member) in [("eachMayBeAbsent", mayBeAbsent), ("eachTakesMembers", takesMembers)] {
                if let member { log.add("\"\(key)\" needs \"each\"", at: member) }
            }
            return nil
        }
        guard let path = path(member) else { return nil }
        if let takesMembers, !path.hasWildcard { log.add("there is no \"*\" in \"each\"", at: takesMembers) }
        return RowSearch(
            path: path,
            mayBeAbsent: mayBeAbsent?.boolean ?? false,
            takesMembers: takesMembers?.boolean ?? false
        )
    }

    private func paging(_ place: ManifestPlace, items: JSONPointer) -> Paging? {
        guard var paging = strategy(place, items: items) else { return nil }
        if let size = place.member("pageSize"), let parameter = size.member("parameter")?.text,
            let preferred = size.member("preferred")?.integer
        {
            let minimum = size.member("minimum")?.integer ?? 1
            if minimum > preferred { log.add("the minimum is above what is preferred", at: size) }
            paging.pageSize = PageSize(
                parameter,
                preferred: Int(clamping: preferred),
                minimum: Int(clamping: minimum),
                in: parameterPlace(size)
            )
        }
        paging.more = pointer(place.member("more"))
        paging.itemsMayBeAbsent = place.member("itemsMayBeAbsent")?.boolean ?? false
        paging.totalCount = pointer(place.member("totalCount"))
        paging.itemKey = place.member("itemKey")?.text
        if let number = place.member("maximumEmptyPages")?.integer {
            paging.maximumEmptyPages = Int(clamping: number)
        }
        if let number = place.member("maximumPages")?.integer { paging.maximumPages = Int(clamping: number) }
        return paging
    }

    private func strategy(_ place: ManifestPlace, items: JSONPointer) -> Paging? {
        guard let style = place.member("style")?.text else { return nil }
        let at = pointer(place.member("at"))
        let parameter = place.member("parameter")?.text
        checkKeys(of: style, place)
        switch style {
        case "none": return .single(items: items)
        case "link_header": return .linkHeader(items: items)
        case "next_url": return at.map { .nextURL(at: $0, items: items) }
        case "cursor":
            guard let at, let parameter else { return nil }
            return parameterPlace(place) == .body
                ? .bodyCursor(at: at, parameter: parameter, items: items)
                : .cursor(at: at, parameter: parameter, items: items)
        case "page_number":
            let first = place.member("first")?.integer ?? 1
            return .pageNumber(
                parameter: parameter ?? "page",
                first: Int(clamping: first),
                totalPages: pointer(place.member("totalPages")),
                in: parameterPlace(place),
                items: items
            )
        case "offset": return .offset(parameter: parameter ?? "offset", in: parameterPlace(place), items: items)
        case "last_id":
            guard let parameter, let key = place.member("key")?.text else { return nil }
            return .lastID(parameter: parameter, key: key, in: parameterPlace(place), items: items)
        default: return nil
        }
    }

    private func parameterPlace(_ place: ManifestPlace) -> ParameterPlace {
        place.member("in")?.text.flatMap(ParameterPlace.init(rawValue:)) ?? .query
    }

    /// Notes keys that a style needs and does not have, and those that mean nothing to it.
    private func checkKeys(of style: String, _ place: ManifestPlace) {
        let needed: [String: [String]] = [
            "next_url": ["at"], "cursor": ["at", "parameter"], "last_id": ["parameter", "key"],
        ]
        let allowed: [String: [String]] = [
            "next_url": ["at", "more"], "cursor": ["at", "parameter", "in", "more"], "link_header": ["more"],
            "last_id": ["parameter", "key", "in", "more"], "offset": ["parameter", "in", "more"],
            "page_number": ["parameter", "in", "first", "totalPages", "more"],
        ]
        for key in needed[style] ?? [] where place.member(key) == nil {
            log.add("paging of the style \"\(style)\" needs the key \"\(key)\"", at: place)
        }
        for key in ["at", "parameter", "in", "first", "totalPages", "key", "more"] {
            guard let member = place.member(key), !(allowed[style] ?? []).contains(key) else { continue }
            log.add("\"\(key)\" means nothing to paging of the style \"\(style)\"", at: member)
        }
    }

    /// Notes paging that writes into a body which is none.
    private func checkBody(_ place: ManifestPlace, _ request: RequestPlan) {
        let inBody = [place.member("in"), place.member("pageSize")?.member("in")].compactMap(\.self)
        for member in inBody where member.text == "body" {
            guard case .json(.object) = request.body else {
                log.add("the request has no JSON object as its body for the parameter to go into", at: member)
                continue
            }
        }
    }
}
