extension ManifestTable {
    static let actions = ["view", "download", "read", "create", "update", "delete", "unknown"]

    static let accessEvents: [ManifestDefinition] = [
        ManifestDefinition(
            "accessEvents",
            "an object that describes access events",
            help: "How is read who accessed one recording. Templates know `recording.…` and `since`.",
            keys: [
                ManifestKey(
                    "when",
                    .condition,
                    "The condition on settings and on `recording.…` under which it is read."
                ),
                ManifestKey(
                    "request",
                    .object("request"),
                    required: true,
                    "The request that lists the events of one recording."
                ),
                ManifestKey("paging", .object("paging"), default: "one answer", "How its answer is cut into pages."),
                ManifestKey("each", .path, "Where in an item, or in an answer without paging, the rows are."),
            ] + eachKeys + [
                ManifestKey("where", .condition, "The condition on a row under which it is an event."),
                ManifestKey("id", .value, "The platform's id of the event; either this or `identity`."),
                ManifestKey(
                    "identity",
                    .list(of: .value, minimum: 1),
                    "For rows without an id: what tells an event from others of its recording."
                ),
                ManifestKey("actor", .object("person"), "Who did it."),
                ManifestKey(
                    "actions",
                    .either([.text(.value), .object("value"), .list(of: .object("actionCase"), minimum: 1)]),
                    required: true,
                    "What was done: `view`, `download`, `read`, `create`, `update`, `delete` or `unknown`; of a list all that hold."
                ),
                ManifestKey("occurredAt", .value, "When it was done."),
                ManifestKey("changes", .path, "Where the platform's object of changed fields is."),
                ManifestKey("withhold", .list(of: .path, minimum: 1), "What is removed from the platform's object."),
                ManifestKey("belongsTo", .object("belongsTo"), "Where a row says which recording it is about."),
                ManifestKey("since", .object("since"), "How `since` is rounded."),
            ]
        ),
        ManifestDefinition(
            "actionCase",
            "a case of the actions",
            help: "An action and the condition under which it was done.",
            keys: [
                ManifestKey("when", .condition, required: true, "The condition on the row."),
                ManifestKey("is", .text(.word(actions)), required: true, "The action."),
            ]
        ),
        ManifestDefinition(
            "belongsTo",
            "an object that tells whose an answer is",
            help: "What is about another recording is never taken for this one's.",
            keys: [
                ManifestKey("at", .text(.pointer), required: true, "Where the recording's id is."),
                ManifestKey("equals", .template, default: "\"{recording.id}\"", "What must be there."),
            ]
        ),
        ManifestDefinition(
            "since",
            "an object that describes since",
            help:
                "Events are asked for from the newest known one on; `since` is cut down to the beginning of the unit.",
            keys: [
                ManifestKey(
                    "unit",
                    .word("second", "day", "day_in_unknown_zone"),
                    default: "\"second\"",
                    "Instants, days in UTC, or days of a zone that the platform does not name, which takes a day more."
                )
            ]
        ),
    ]

    static let media: [ManifestDefinition] = [
        ManifestDefinition(
            "media",
            "an object that describes media",
            help: "How links to a recording's files are had. Templates know `recording.…`.",
            keys: [
                ManifestKey(
                    "request",
                    .object("request"),
                    "The request for the links, sent right before bytes are fetched; without it links are made of templates."
                ),
                ManifestKey("mainRendition", .plain, default: "\"video\"", "The rendition that every recording has."),
                ManifestKey(
                    "moreRenditionsWithin",
                    .duration,
                    default: "\"0s\"",
                    "For how long after a recording's time more of its renditions may appear, such as a transcript."
                ),
                ManifestKey("belongsTo", .object("belongsTo"), "Where the answer says which recording it is about."),
                ManifestKey("links", .list(of: .object("link"), minimum: 1), required: true, "Where the links are."),
                ManifestKey(
                    "otherwise",
                    .list(of: .object("mediaCase")),
                    default: "pending",
                    "Why there is no link, when there is none; the first that holds counts."
                ),
                ManifestKey(
                    "onError",
                    .map(of: .object("mediaAnswer"), names: "error codes"),
                    "Error codes that are an answer, because the file is not to be had; without it not_found and gone are gone, "
                        + "forbidden and confirmation_required are forbidden."
                ),
            ]
        ),
        ManifestDefinition(
            "link",
            "a link",
            help: "One link to the bytes of a rendition, or several of them.",
            keys: [
                ManifestKey("each", .path, default: "\"\"", "Where in the answer the rows are."),
                ManifestKey("where", .condition, "The condition on a row under which it is a link."),
                ManifestKey(
                    "take",
                    .word("all", "first"),
                    default: "\"all\"",
                    "Whether only the first row with a link is taken."
                ),
                ManifestKey(
                    "rendition",
                    .value,
                    default: "the main rendition",
                    "Which rendition it is; one that repeats gets \"-2\", \"-3\" and so on."
                ),
                ManifestKey("url", .value, required: true, "The link, an absolute URL; a row without one has no link."),
                ManifestKey("expiresAt", .value, "When the link stops working."),
                ManifestKey(
                    "lifetime",
                    .duration,
                    "How long a link lives from its receipt on, where the platform does not say until when."
                ),
                ManifestKey(
                    "fileExtension",
                    .value,
                    "How the file's name ends, without the dot; `\"from_url\"` takes it from the link."
                ),
                ManifestKey("bytes", .value, "How many bytes the platform says there are."),
                ManifestKey(
                    "sendsCredentials",
                    .boolean,
                    default: "false",
                    "Whether the credentials go with the request: to the source's own origin and to `credentialOrigins` alone."
                ),
            ]
        ),
        ManifestDefinition(
            "mediaCase",
            "a case without a link",
            help: "Why there is no link.",
            keys: [ManifestKey("when", .condition, default: "always", "The condition on the answer.")] + mediaAnswer
        ),
        ManifestDefinition(
            "mediaAnswer",
            "an answer about media",
            help: "What an answer means for the file.",
            keys: mediaAnswer
        ),
    ]

    private static let mediaAnswer = [
        ManifestKey(
            "is",
            .word("pending", "forbidden", "gone"),
            required: true,
            "`pending` is asked again in a later run; `forbidden` and `gone` are final until the recording changes."
        ),
        ManifestKey("reason", .plain, required: true, "Why, for people."),
    ]
}
