extension ManifestTable {
    static let values: [ManifestDefinition] = [
        ManifestDefinition(
            "value",
            "a value in its long form",
            help:
                "What a field is made of. A text alone is short for `{ from: TEXT }`: it is a path when it begins with `/` or is empty, "
                + "else a template. Null, what is missing and an empty text are absent.",
            keys: [
                ManifestKey("from", .text(.value), "A path into the row, or a template."),
                ManifestKey(
                    "firstOf",
                    .list(of: .value, minimum: 1),
                    "Values of which the first that is not absent counts."
                ),
                ManifestKey("constant", .scalar, "A fixed value."),
                ManifestKey(
                    "as",
                    .text(.word(conversions)),
                    default: "`time` for times, `integer` for counters, else `text`",
                    "How it is read."
                ),
                ManifestKey("zone", .plain, default: "UTC", "The zone of times that name none, such as `\"+02:00\"`."),
                ManifestKey("pattern", .plain, "How a time is written, such as `\"yyyy-MM-dd HH:mm:ss\"`."),
                ManifestKey(
                    "pick",
                    .text(.word(ValuePick.allCases.map(\.rawValue))),
                    default: "\"first\"",
                    "What is made of several matches of a path with `*`."
                ),
                ManifestKey(
                    "table",
                    .map(of: .scalar, names: "words of the platform"),
                    "What words become; any other is absent."
                ),
                ManifestKey(
                    "ignoringCase",
                    .boolean,
                    default: "false",
                    "Whether letter case in `table` does not count."
                ),
                ManifestKey("otherwise", .value, "What counts when the value is absent."),
                ManifestKey("plus", .object("plus"), "What is added to a time."),
                ManifestKey("when", .condition, "The condition without which the value is absent."),
            ]
        ),
        ManifestDefinition(
            "plus",
            "an amount",
            help: "An amount that is added to a time, such as a duration in the same row.",
            keys: [
                ManifestKey("from", .value, required: true, "The number."),
                ManifestKey(
                    "unit",
                    .text(.word(DurationUnit.allCases.map(\.rawValue))),
                    default: "\"seconds\"",
                    "In what it counts."
                ),
            ]
        ),
        ManifestDefinition(
            "condition",
            "a condition",
            help:
                "A question about the row or about a name; a list of conditions holds when all of them do. On a path with `*` it "
                + "holds when it does for any match.",
            keys: [
                ManifestKey("at", .path, "The path into the row that is asked about."),
                ManifestKey("name", .plain, "The name that is asked about, such as `settings.sites`."),
                ManifestKey("equals", .scalar, "Holds when the value is this text, number or truth value."),
                ManifestKey("in", .list(of: .scalar, minimum: 1), "Holds when the value is one of these."),
                ManifestKey("contains", .scalar, "Holds when the value is a list with this in it."),
                ManifestKey("beginsWith", .scalar, "Holds when the value begins with this."),
                ManifestKey(
                    "exists",
                    .boolean,
                    "Whether there must be something but null and an empty text, or nothing."
                ),
                ManifestKey("ignoringCase", .boolean, default: "false", "Whether letter case does not count."),
                ManifestKey("any", .list(of: .object("condition"), minimum: 1), "Holds when one of these does."),
                ManifestKey("all", .list(of: .object("condition"), minimum: 1), "Holds when all of these do."),
                ManifestKey("not", .condition, "Holds when this does not."),
            ]
        ),
    ]

    /// The ways in which a value can be read.
    static let conversions = ValueConversion.Name.allCases.map(\.rawValue)
}
