import RecordingKit

extension ManifestTable {
    static let settings: [ManifestDefinition] = [
        ManifestDefinition(
            "setting",
            "a setting",
            help:
                "One thing that an operator configures. Templates read it as `settings.NAME`, those of credentials as `NAME`.",
            keys: [
                ManifestKey(
                    "type",
                    .word("text", "url", "identifier", "integer", "boolean", "time", "choice", "object"),
                    required: true,
                    "What values it takes; an `identifier` is a text or a whole number, a `time` an ISO 8601 date or time."
                ),
                ManifestKey("help", .plain, required: true, "What it means, in one sentence."),
                ManifestKey("required", .boolean, default: "false", "Whether it must be given."),
                ManifestKey(
                    "secret",
                    .boolean,
                    default: "false",
                    "Whether it is a credential, which only `authentication` may read; a `text` or a `url`."
                ),
                ManifestKey(
                    "default",
                    .either([.scalar, .list(of: .scalar)]),
                    "What holds when it is not given."
                ),
                ManifestKey("choices", .list(of: .plain, minimum: 1), "The words of a `choice`."),
                ManifestKey("minimum", .whole(.min ... .max), "The smallest `integer`."),
                ManifestKey("maximum", .whole(.min ... .max), "The largest `integer`."),
                ManifestKey(
                    "list",
                    .word("no", "yes", "one_or_more"),
                    default: "\"no\"",
                    "Whether it takes a list of such values; `one_or_more` takes one value too."
                ),
                ManifestKey(
                    "members",
                    .map(of: .object("setting"), names: "names in camelCase"),
                    "The settings in an `object`."
                ),
            ]
        ),
        ManifestDefinition(
            "limits",
            "an object of limits",
            help: "How hard the platform may be asked.",
            keys: [
                ManifestKey("concurrency", .whole(1...256), default: "8", "Requests under way at once."),
                ManifestKey("requestsPerSecond", .number, default: "found from the answers", "Requests a second."),
                ManifestKey(
                    "maxWait",
                    .duration,
                    default: "\"15m\"",
                    "The longest wait that the platform may ask for before the source is stopped."
                ),
            ]
        ),
        ManifestDefinition(
            "rateSignals",
            "an object of rate signals",
            help: "Header fields that are read beside the well-known ones.",
            keys: [
                ManifestKey("limit", headerNames, "The fields that say how many requests a period has."),
                ManifestKey("remaining", headerNames, "The fields that say how many requests are left."),
                ManifestKey("reset", headerNames, "The fields that say when the period ends."),
                ManifestKey("retryAfter", headerNames, "The fields that say how long to wait."),
                ManifestKey("resetAs", waitUnit, default: "\"seconds\"", "How `reset` is written."),
                ManifestKey("retryAfterAs", waitUnit, default: "\"seconds\"", "How `retryAfter` is written."),
            ]
        ),
        ManifestDefinition(
            "response",
            "a response rule",
            help: "An answer that means something else on this platform than its status says.",
            keys: [
                ManifestKey(
                    "status",
                    .either([.whole(100...599), .word("any", "2xx", "3xx", "4xx", "5xx")]),
                    required: true,
                    "The status of the answer."
                ),
                ManifestKey(
                    "at",
                    .text(.pointer),
                    "Where in the JSON of the answer something must be for the rule to hold."
                ),
                ManifestKey("equals", .scalar, "What must be there; without it anything but null will do."),
                ManifestKey(
                    "means",
                    .text(.errorCode),
                    required: true,
                    "`retry`, `rate_limited` and `unauthorized` are acted on; any other error code ends the request."
                ),
                ManifestKey("wait", .object("wait"), "Where the answer says how long to wait."),
            ]
        ),
        ManifestDefinition(
            "wait",
            "a wait",
            help: "Where an answer says how long to wait.",
            keys: [
                ManifestKey("at", .text(.pointer), "Where in the JSON of the answer."),
                ManifestKey("header", .text(.headerName), "In which header field."),
                ManifestKey("as", waitUnit, default: "\"seconds\"", "How it is written."),
            ]
        ),
        ManifestDefinition(
            "windows",
            "an object of window rules",
            help: "What the platform says about ranges of time; the windows that are asked for are cut by these rules.",
            keys: [
                ManifestKey(
                    "longest",
                    .duration,
                    default: "no limit",
                    "The longest range that one request may ask for."
                ),
                ManifestKey("horizon", .duration, default: "no limit", "How far back a range may begin."),
                ManifestKey("margin", .duration, default: "\"10m\"", "How far inside the horizon to stay."),
                ManifestKey(
                    "unit",
                    .word("second", "day", "day_in_unknown_zone"),
                    default: "\"second\"",
                    "In what ranges are named: instants, days in UTC, or days of a zone that the platform does not name."
                ),
                ManifestKey(
                    "includesEnd",
                    .boolean,
                    default: "false",
                    "Whether an answer includes what lies at the range's end."
                ),
                ManifestKey(
                    "settlesAfter",
                    .duration,
                    default: "never",
                    "How long after its time a recording may still appear or change; older ranges are not asked for again."
                ),
            ]
        ),
    ]

    private static let waitUnit = ManifestShape.text(.word(WaitUnit.all.map(\.rawValue)))

    private static let headerNames = ManifestShape.either([
        .text(.headerName), .list(of: .text(.headerName), minimum: 1),
    ])
}
