import RawJSON
import RecordingKit

/// Paging as JSON, in the words that a manifest has for it.
enum PagingJSON {
    static let members = [
        "style", "items", "at", "parameter", "in", "first", "totalPages", "key", "pageSize", "totalCount", "itemKey",
        "maximumEmptyPages", "maximumPages", "itemsMayBeAbsent", "more",
    ]

    static func read(_ value: JSONValue) throws -> Paging {
        var reader = try MemberReader(value, "paging")
        let items = try reader.requiredPointer("items")
        var paging = try strategy(&reader, items: items)
        if var size = try reader.object("pageSize") {
            guard let preferred = try size.count("preferred") else { throw size.missing("preferred") }
            paging.pageSize = PageSize(
                try size.requiredText("parameter"),
                preferred: preferred,
                minimum: try size.count("minimum") ?? 1,
                in: try size.parameterPlace()
            )
            try size.finish(["parameter", "preferred", "minimum", "in"])
        }
        paging.itemsMayBeAbsent = try reader.boolean("itemsMayBeAbsent") ?? false
        paging.more = try reader.pointer("more")
        paging.totalCount = try reader.pointer("totalCount")
        paging.itemKey = try reader.text("itemKey")
        if let count = try reader.count("maximumEmptyPages") { paging.maximumEmptyPages = count }
        if let count = try reader.count("maximumPages") { paging.maximumPages = count }
        try reader.finish(members)
        return paging
    }

    private static func strategy(_ reader: inout MemberReader, items: JSONPointer) throws -> Paging {
        switch try reader.requiredText("style") {
        case "none": return .single(items: items)
        case "link_header": return .linkHeader(items: items)
        case "next_url": return .nextURL(at: try reader.requiredPointer("at"), items: items)
        case "cursor":
            let pointer = try reader.requiredPointer("at")
            let parameter = try reader.requiredText("parameter")
            return try reader.parameterPlace() == .body
                ? .bodyCursor(at: pointer, parameter: parameter, items: items)
                : .cursor(at: pointer, parameter: parameter, items: items)
        case "page_number":
            return .pageNumber(
                parameter: try reader.text("parameter") ?? "page",
                first: try reader.count("first") ?? 1,
                totalPages: try reader.pointer("totalPages"),
                in: try reader.parameterPlace(),
                items: items
            )
        case "offset":
            let parameter = try reader.text("parameter") ?? "offset"
            return .offset(parameter: parameter, in: try reader.parameterPlace(), items: items)
        case "last_id":
            return .lastID(
                parameter: try reader.requiredText("parameter"),
                key: try reader.requiredText("key"),
                in: try reader.parameterPlace(),
                items: items
            )
        default:
            throw reader.wrong("style", "one of none, link_header, next_url, cursor, page_number, offset, last_id")
        }
    }

    static func write(_ paging: Paging, to writer: inout JSONWriter) {
        writer.beginObject()
        write(paging.strategy, to: &writer)
        writer.member("items", paging.items)
        if let size = paging.pageSize {
            writer.name("pageSize")
            writer.beginObject()
            writer.member("parameter", size.parameter)
            writer.member("preferred", size.preferred)
            writer.member("minimum", size.minimum)
            writer.place(size.place)
            writer.endObject()
        }
        writer.member("itemsMayBeAbsent", ifTrue: paging.itemsMayBeAbsent)
        writer.member("more", paging.more)
        writer.member("totalCount", paging.totalCount)
        writer.member("itemKey", paging.itemKey)
        writer.member("maximumEmptyPages", paging.maximumEmptyPages)
        writer.member("maximumPages", paging.maximumPages)
        writer.endObject()
    }

    private static func write(_ strategy: PagingStrategy, to writer: inout JSONWriter) {
        switch strategy.kind {
        case .single: writer.member("style", "none")
        case .linkHeader: writer.member("style", "link_header")
        case .nextURL(let pointer):
            writer.member("style", "next_url")
            writer.member("at", pointer)
        case .cursor(let pointer, let parameter, let place):
            writer.member("style", "cursor")
            writer.member("at", pointer)
            writer.member("parameter", parameter)
            writer.place(place)
        case .pageNumber(let parameter, let first, let totalPages, let place):
            writer.member("style", "page_number")
            writer.member("parameter", parameter)
            writer.member("first", first)
            writer.member("totalPages", totalPages)
            writer.place(place)
        case .offset(let parameter, let place):
            writer.member("style", "offset")
            writer.member("parameter", parameter)
            writer.place(place)
        case .lastID(let parameter, let key, let place):
            writer.member("style", "last_id")
            writer.member("parameter", parameter)
            writer.member("key", key)
            writer.place(place)
        }
    }
}

extension MemberReader {
    /// Where a parameter goes; the query when it is not said.
    fileprivate mutating func parameterPlace() throws -> ParameterPlace {
        guard let text = try text("in") else { return .query }
        guard let place = ParameterPlace(rawValue: text) else { throw wrong("in", "\"query\" or \"body\"") }
        return place
    }
}

extension JSONWriter {
    fileprivate mutating func place(_ place: ParameterPlace) {
        if place != .query { member("in", place.rawValue) }
    }
}
