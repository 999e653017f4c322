import RawJSON
import RecordingKit

/// What one page's answer says, read strictly: what is there and makes no sense is an error, never nothing.
struct PageAnswer: Sendable {
    let response: APIResponse
    let paging: Paging

    /// The page's items.
    ///
    /// - Throws: `TapedeckError` with code `malformed_response` when there is no list, unless the platform may leave it out.
    func items() throws -> [JSONValue] {
        // Nothing at all is no list: that there are no items is said by an empty one.
        if response.status == 204 || response.status == 205 {
            guard !paging.itemsMayBeAbsent else { return [] }
            throw TapedeckError(.malformedResponse, "The answer has no content where a list was due.")
        }
        let list = response.json.value(at: paging.items)
        if paging.itemsMayBeAbsent, list?.isNull != false { return [] }
        guard let list, list.kind == .array else {
            throw TapedeckError(.malformedResponse, "The answer has no list at \"\(paging.items)\".")
        }
        return Array(list.elements)
    }

    /// Whether more pages follow, where that is said.
    ///
    /// - Throws: `TapedeckError` with code `malformed_response`.
    func more() throws -> Bool? {
        guard let pointer = paging.more, let value = response.json.value(at: pointer), !value.isNull else { return nil }
        switch (value.boolean, value.string) {
        case (let truth?, _): return truth
        case (_, "true"): return true
        case (_, "false"): return false
        default:
            throw TapedeckError(.malformedResponse, "The answer has no truth value at \"\(pointer)\".")
        }
    }

    /// The URL of the next page; nil when there is none.
    ///
    /// - Throws: `TapedeckError` with code `paging_broken`.
    func link(at pointer: JSONPointer) throws -> String? {
        guard let value = response.json.value(at: pointer), !value.isNull else { return nil }
        guard let text = value.string else {
            throw TapedeckError(.pagingBroken, "The link to the next page is not text.")
        }
        return text.isEmpty ? nil : text
    }

    /// The cursor to the next page; nil when there is none.
    func cursor(at pointer: JSONPointer) -> JSONValue? {
        guard let value = response.json.value(at: pointer), !value.isNull, value.scalarText != "" else { return nil }
        return value
    }

    /// How many pages there are, where that is said.
    ///
    /// - Throws: `TapedeckError` with code `malformed_response`.
    func totalPages(at pointer: JSONPointer) throws -> Int? {
        guard let value = response.json.value(at: pointer), !value.isNull else { return nil }
        guard let number = value.integer, number >= 0 else {
            throw TapedeckError(.malformedResponse, "The answer has no count of pages at \"\(pointer)\".")
        }
        return Int(number)
    }
}
