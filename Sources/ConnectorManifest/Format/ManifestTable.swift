/// Every key of a manifest, as data: checking, the JSON Schema and the reference all derive from it.
enum ManifestTable {
    /// The objects in the order in which the reference shows them; the first is the manifest itself.
    static let definitions: [ManifestDefinition] =
        [manifest] + settings + authentication + requests + listings + recordings + accessEvents + media + values

    private static let byName = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }

    /// The object called `name`, or nil.
    static func definition(_ name: String) -> ManifestDefinition? { byName[name] }

    static let manifest = ManifestDefinition(
        "manifest",
        "a manifest",
        help: "One connector: what the platform is, how it is asked, and where in its answers things are.",
        keys: identity + platform + contents
    )

    private static let identity = [
        ManifestKey("manifest", .whole(1...1), required: true, "The version of this format."),
        ManifestKey("$schema", .plain, "Where editors find the JSON Schema of this format; it changes nothing."),
        ManifestKey("id", .text(.identifier), required: true, "The name of the connector in configurations."),
        ManifestKey("name", .plain, required: true, "The platform's name for people."),
        ManifestKey("version", .plain, "The manifest's own version, shown to people."),
        ManifestKey("summary", .plain, required: true, "What is read, in one sentence."),
        ManifestKey(
            "baseURL",
            .text(.url),
            required: true,
            "The platform's address, to which the paths of requests are added."
        ),
        ManifestKey(
            "settings",
            .map(of: .object("setting"), names: "names in camelCase"),
            default: "{}",
            "What an operator configures; `baseURL` and `allowInsecureHTTP` are there without being declared."
        ),
        ManifestKey(
            "authentication",
            .either([.word("none"), .object("authentication")]),
            required: true,
            "How the platform wants its credentials, or `\"none\"`."
        ),
        ManifestKey(
            "credentialAdvice",
            .plain,
            "What to check when credentials are rejected: scopes, roles, header fields; in sentences."
        ),
        ManifestKey(
            "credentialOrigins",
            .list(of: .text(.origin)),
            default: "[]",
            "Further origins to which links that are marked `sendsCredentials` may carry the credentials, such as "
                + "`https://*.example.com`."
        ),
    ]

    private static let platform = [
        ManifestKey(
            "limits",
            .object("limits"),
            "How hard the platform may be asked, unless the configuration says otherwise."
        ),
        ManifestKey(
            "rateSignals",
            .object("rateSignals"),
            "The header fields in which the platform tells its rate limit."
        ),
        ManifestKey(
            "responses",
            .list(of: .object("response")),
            default: "[]",
            "Answers that mean something else on this platform than their status says; the first that fits counts."
        ),
        ManifestKey("requestIDHeader", .text(.headerName), "The header field with the platform's own id of a request."),
        ManifestKey(
            "startSetting",
            .setting,
            "The setting, a time, that says from when on recordings are wanted."
        ),
        ManifestKey(
            "completeness",
            .plain,
            default: "that the platform gives no totals",
            "`\"reconciled\"` when the platform's totals are held against what came (see `totalCount`), else a sentence that says why "
                + "it cannot be known."
        ),
        ManifestKey(
            "windows",
            .object("windows"),
            "What the platform says about ranges of time; without it listings are not filtered by time."
        ),
        ManifestKey("everyRequest", .object("everyRequest"), "What is added to every request."),
    ]

    private static let contents = [
        ManifestKey(
            "check",
            .object("request"),
            required: true,
            "One cheap request that fails when the credentials are wrong."
        ),
        ManifestKey(
            "listings",
            .list(of: .object("listing"), minimum: 1),
            default: "one listing of everything",
            "The parts that are read, resumed and reported as one; the first whose `when` holds is used."
        ),
        ManifestKey("recordings", .object("recordings"), required: true, "How the recordings of one listing are read."),
        ManifestKey(
            "accessEvents",
            .either([.object("accessEvents"), .list(of: .object("accessEvents"), minimum: 1)]),
            "How is read who accessed a recording; all of a list are read."
        ),
        ManifestKey("media", .object("media"), "How links to a recording's files are had."),
    ]
}
