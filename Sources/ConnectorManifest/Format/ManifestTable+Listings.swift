extension ManifestTable {
    static let listings: [ManifestDefinition] = [
        ManifestDefinition(
            "listing",
            "a listing",
            help: "How the parts of a source are found. Without `steps` there is one part.",
            keys: [
                ManifestKey("when", .condition, "The condition on settings under which this entry is used."),
                ManifestKey(
                    "steps",
                    .list(of: .object("step")),
                    default: "[]",
                    "What is gone through to find the parts, one inside the other: users, then the calls of each."
                ),
                ManifestKey(
                    "byWindow",
                    .boolean,
                    default: "true when there are `windows`",
                    "Whether each part is read window by window, with `window.from` and `window.to` in its requests."
                ),
                ManifestKey(
                    "key",
                    .template,
                    default: "made of all bound names",
                    "What tells a part from all others in every run; the same key twice is one part."
                ),
                ManifestKey(
                    "label",
                    .template,
                    default: "made of all bound names, with numbers for what is no id",
                    "What people are shown; it must hold no names, titles or e-mails."
                ),
                ManifestKey(
                    "settlesAt",
                    .value,
                    "From when on nothing more is expected in a part that turned out to be empty; read from the last step's row."
                ),
            ]
        ),
        ManifestDefinition(
            "step",
            "a step",
            help:
                "One level on the way to a listing: the rows of a request, the elements of a setting, or fixed values.",
            keys: [
                ManifestKey("request", .object("request"), "The request whose rows are gone through."),
                ManifestKey("paging", .object("paging"), default: "one answer", "How its answer is cut into pages."),
                ManifestKey("each", .path, "Where in an item, or in an answer without paging, the rows are."),
            ] + eachKeys + [
                ManifestKey(
                    "eachOf",
                    .text(.settingName),
                    "The setting whose elements are gone through; without any, the source is refused."
                ),
                ManifestKey("values", .list(of: .scalar, minimum: 1), "The values that are gone through."),
                ManifestKey("where", .condition, "The condition on a row under which it is gone into."),
                ManifestKey("bind", .map(of: .value, names: "names"), "The names that a row gives to what follows."),
                ManifestKey("ignore", .errorCodes, "The error codes that mean that there are no rows."),
            ]
        ),
    ]

    static let recordings: [ManifestDefinition] = [
        ManifestDefinition(
            "recordings",
            "an object that describes recordings",
            help: "How the recordings of one listing are read, and where in a row things are.",
            keys: reading + facts + beside
        ),
        ManifestDefinition(
            "person",
            "a person",
            help: "Someone, as far as the platform tells.",
            keys: [
                ManifestKey("id", .value, "The platform's id of the person."),
                ManifestKey("name", .value, "The display name."),
                ManifestKey("email", .value, "The e-mail address."),
            ]
        ),
        ManifestDefinition(
            "statusCase",
            "a case of the status",
            help: "A status and the condition under which it holds.",
            keys: [
                ManifestKey("when", .condition, required: true, "The condition on the row."),
                ManifestKey("is", .text(.word(statuses)), required: true, "The status."),
            ]
        ),
        ManifestDefinition(
            "accessSummary",
            "an access summary",
            help: "How often a recording was viewed and downloaded, by the platform's own counters.",
            keys: [
                ManifestKey(
                    "request",
                    .object("request"),
                    default: "the recording's own row",
                    "A request for the counters of one recording, with `recording.…` in its templates."
                ),
                ManifestKey(
                    "paging",
                    .object("paging"),
                    "How its answer is cut into pages; the counters of all items are added up."
                ),
                ManifestKey("views", .value, "How often it was viewed."),
                ManifestKey("downloads", .value, "How often it was downloaded."),
            ]
        ),
        ManifestDefinition(
            "echo",
            "an echo",
            help:
                "The range that an answer says it covers; less than what was asked for ends the listing with `window_clamped`.",
            keys: [
                ManifestKey("from", .value, "Where in the answer the range begins."),
                ManifestKey("to", .value, "Where in the answer the range ends."),
            ]
        ),
        ManifestDefinition(
            "splitAbove",
            "a split",
            help: "For platforms that list only so many items: the window is halved until what it holds fits.",
            keys: [
                ManifestKey("total", .text(.pointer), required: true, "Where an answer says how many items there are."),
                ManifestKey(
                    "limit",
                    .whole(1...1_000_000_000),
                    required: true,
                    "How many items the platform lists at most."
                ),
            ]
        ),
    ]

    static let statuses = ["available", "processing", "failed", "deleted", "unknown"]

    private static let reading =
        [
            ManifestKey(
                "request",
                .object("request"),
                required: true,
                "The request that lists the recordings of one listing."
            ),
            ManifestKey("paging", .object("paging"), default: "one answer", "How its answer is cut into pages."),
            ManifestKey(
                "bind",
                .map(of: .value, names: "names"),
                "Names for what stands in an item, for use in its rows; see `each`."
            ),
            ManifestKey("each", .path, "Where in an item the rows are, when an item holds several recordings."),
        ] + eachKeys + [
            ManifestKey("where", .condition, "The condition on a row under which it is a recording."),
            ManifestKey("echo", .object("echo"), "The range that an answer says it covers."),
            ManifestKey("splitAbove", .object("splitAbove"), "Halves windows that hold too much."),
        ]

    private static let facts = [
        ManifestKey("id", .value, required: true, "The platform's id, unique within the source."),
        ManifestKey("title", .value, "What the meeting was called."),
        ManifestKey("startedAt", .value, "When recording began."),
        ManifestKey("endedAt", .value, "When recording ended."),
        ManifestKey("createdAt", .value, "When the platform made the entry."),
        ManifestKey("updatedAt", .value, "When the platform last changed the entry."),
        ManifestKey(
            "status",
            .either([
                .text(.value), .object("value"),
                .list(of: .either([.text(.value), .object("statusCase"), .object("value")]), minimum: 1),
            ]),
            default: "\"available\"",
            "One of `available`, `processing`, `failed`, `deleted`, `unknown`; a list holds cases of which the first counts, and may "
                + "end with a value. Any other word becomes `unknown`."
        ),
        ManifestKey("rawStatus", .value, "The platform's own word for the status."),
        ManifestKey("error", .value, "Why it failed, in the platform's words."),
        ManifestKey("host", .object("person"), "Who hosted the meeting."),
        ManifestKey("site", .value, "The site or part of the tenant that the platform names."),
        ManifestKey(
            "context",
            .map(of: .value, names: "names in snake_case"),
            "Platform ids that lead to the recording; in the record."
        ),
        ManifestKey(
            "parameters",
            .map(of: .value, names: "names"),
            "What requests about the recording need beside that; not in the record. Names that steps bind are there by themselves."
        ),
    ]

    private static let beside = [
        ManifestKey(
            "raw",
            .word("row", "item"),
            default: "\"row\"",
            "Which object of the platform is kept with the record."
        ),
        ManifestKey(
            "withhold",
            .list(of: .path, minimum: 1),
            "What is removed from it: passwords, links that carry a credential."
        ),
        ManifestKey(
            "accessRevision",
            .list(of: .value, minimum: 1),
            "What changes whenever somebody accesses the recording, such as its counters; with it events are read only then."
        ),
        ManifestKey("accessSummary", .object("accessSummary"), "The recording's counters."),
    ]
}
