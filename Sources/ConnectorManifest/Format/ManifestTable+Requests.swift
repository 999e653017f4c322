extension ManifestTable {
    static let requests: [ManifestDefinition] = [
        ManifestDefinition(
            "request",
            "a request",
            help:
                "One request. Parameters, header fields and body members whose template names something absent are left out.",
            keys: [
                ManifestKey(
                    "method",
                    .word("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"),
                    default: "\"GET\"",
                    "The method."
                ),
                ManifestKey(
                    "path",
                    .text(.requestPath),
                    required: true,
                    "The path after the base URL; each `{name}` is one percent-encoded segment or a part of one, and must have a "
                        + "value."
                ),
                ManifestKey(
                    "encodeTwice",
                    .list(of: .plain, minimum: 1),
                    "The names in the path whose values are percent-encoded twice, as some platforms want it of ids with slashes."
                ),
                ManifestKey(
                    "query",
                    .map(of: .templates, names: "names of parameters"),
                    "The parameters of the query."
                ),
                ManifestKey("headers", .map(of: .template, names: "names of header fields"), "Further header fields."),
                ManifestKey(
                    "json",
                    .anything,
                    "The body as JSON with templates in its texts; one that is exactly `{name}` keeps the type of what it names."
                ),
                ManifestKey("form", .map(of: .templates, names: "names of parameters"), "The body as form parameters."),
                ManifestKey(
                    "auditCost",
                    .whole(0...1_000),
                    default: "0",
                    "How many entries the request leaves in the customer's audit trail; the host counts and limits them."
                ),
                ManifestKey(
                    "replayable",
                    .boolean,
                    default: "true for `GET` and `HEAD`",
                    "Whether sending it twice does no harm; only then is it sent again after a failure."
                ),
                ManifestKey("ignore", .errorCodes, "The error codes that mean that there is nothing there."),
            ]
        ),
        ManifestDefinition(
            "everyRequest",
            "an object of headers and query",
            help: "What is added to every request that does not set it itself.",
            keys: [
                ManifestKey(
                    "headers",
                    .map(of: .template, names: "names of header fields"),
                    "Header fields; templates over settings."
                ),
                ManifestKey(
                    "query",
                    .map(of: .templates, names: "names of parameters"),
                    "Parameters; templates over settings."
                ),
            ]
        ),
        ManifestDefinition(
            "paging",
            "an object of paging",
            help: "How a long list is cut into pages. The host follows the pages and guards against loops and gaps.",
            keys: [
                ManifestKey(
                    "style",
                    .word("none", "link_header", "next_url", "cursor", "page_number", "offset", "last_id"),
                    required: true,
                    "How the next page is found."
                ),
                ManifestKey(
                    "items",
                    .path,
                    default: "\"\"",
                    "Where the list is in an answer; what stands behind the first `*` is gone through for each item, as `each` is."
                ),
                ManifestKey("at", .text(.pointer), "Where an answer holds the cursor or the next page's URL."),
                ManifestKey(
                    "parameter",
                    .plain,
                    default: "\"page\" for `page_number`, \"offset\" for `offset`",
                    "The parameter that takes the cursor, number, offset or id; in a body it may be a path."
                ),
                ManifestKey(
                    "in",
                    .word("query", "body"),
                    default: "\"query\"",
                    "Where `parameter` goes: the query or the JSON body."
                ),
                ManifestKey("first", .whole(0...1_000_000), default: "1", "The number of the first page."),
                ManifestKey("totalPages", .text(.pointer), "Where an answer says how many pages there are."),
                ManifestKey("key", .plain, "For `last_id`: the member of an item that the next page continues after."),
                ManifestKey("pageSize", .object("pageSize"), "The parameter that sets how many items a page holds."),
                ManifestKey(
                    "totalCount",
                    .text(.pointer),
                    "Where an answer says how many items there are in all; held against what came."
                ),
                ManifestKey("itemKey", .plain, "The member that tells items apart; items that come again are dropped."),
                ManifestKey(
                    "more",
                    .text(.pointer),
                    "Where an answer says whether there are more pages, as true or false; decides before the style does."
                ),
                ManifestKey(
                    "itemsMayBeAbsent",
                    .boolean,
                    default: "false",
                    "Whether a list at `items` that is missing or null is an empty one, rather than a malformed answer."
                ),
                ManifestKey(
                    "maximumEmptyPages",
                    .whole(0...1_000_000),
                    default: "3",
                    "How many empty pages in a row are followed when more are promised."
                ),
                ManifestKey(
                    "maximumPages",
                    .whole(1...1_000_000_000),
                    default: "1000000",
                    "How many pages a listing may have."
                ),
            ]
        ),
        ManifestDefinition(
            "pageSize",
            "a page size",
            help: "How many items a page is asked to hold; halved when the platform says that a page takes too long.",
            keys: [
                ManifestKey("parameter", .plain, required: true, "The parameter's name."),
                ManifestKey("preferred", .whole(1...1_000_000), required: true, "The size that is asked for first."),
                ManifestKey("minimum", .whole(1...1_000_000), default: "1", "The size below which it is not halved."),
                ManifestKey("in", .word("query", "body"), default: "\"query\"", "Where the parameter goes."),
            ]
        ),
    ]

    /// What may be said of the lists that `each` leads to.
    static let eachKeys = [
        ManifestKey(
            "eachMayBeAbsent",
            .boolean,
            default: "false",
            "Whether a list that `each` leads to and that is missing or null is an empty one; otherwise the answer is malformed."
        ),
        ManifestKey(
            "eachTakesMembers",
            .boolean,
            default: "false",
            "Whether a `*` in `each` stands for the members of an object as well; otherwise what stands before it must be a list."
        ),
    ]
}
