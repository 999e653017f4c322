extension Scaffold {
    /// The connector as a declaration.
    var manifest: ScaffoldFile {
        ScaffoldFile(
            path: "\(name.id).json5",
            text: """
                // Reads \(name.title). Nothing to build: "tapedeck conformance \(name.id).json5" tests it against fixtures/,
                // "tapedeck schema manifest" prints all that can be declared.
                {
                    manifest: 1,
                    id: "\(name.id)",
                    name: "\(name.title)",
                    version: "0.1.0",
                    summary: "Recordings of one \(name.title) account.",
                    baseURL: "https://api.example.com/v1",

                    // What an operator configures. The host keeps secrets to itself.
                    settings: {
                        accessToken: { type: "text", help: "Access token of the account.", required: true, secret: true },
                    },
                    authentication: { bearer: "accessToken" },
                    credentialAdvice: "Make a new access token in the account's settings.",

                    // One cheap request that fails when the credentials are wrong.
                    check: { path: "/recordings", query: { limit: "1" } },

                    // The parts that are read one by one; here there is one alone.
                    listings: [{ key: "all", label: "all recordings" }],

                    // How a part is read, and where in each item the fields are.
                    recordings: {
                        request: { path: "/recordings" },
                        paging: {
                            style: "cursor",
                            at: "/next",
                            parameter: "cursor",
                            items: "/recordings",
                            pageSize: { parameter: "limit", preferred: 100 },
                        },
                        id: "/id",
                        title: "/title",
                        startedAt: "/started_at",
                        endedAt: "/ended_at",
                        // A word that is not in the table becomes "unknown"; the platform's own word is kept too.
                        status: { from: "/state", table: { ready: "available", recording: "processing", failed: "failed" } },
                        rawStatus: "/state",
                        host: { id: "/host/id", name: "/host/name", email: "/host/email" },
                    },
                }

                """
        )
    }

    /// How to go on from there.
    var manifestReadme: ScaffoldFile {
        ScaffoldFile(
            path: "README.md",
            text: """
                # \(name.title) connector

                Reads the recordings of one \(name.title) account. It is a declaration: `\(name.id).json5` is all of it.

                ```sh
                tapedeck conformance \(name.id).json5    # tests it against fixtures/
                tapedeck connectors --config …          # lists it, once a configuration names it
                ```

                As it stands it reads an invented platform. Put in the real address, the real requests and where the fields are;
                then record what the platform answers, without credentials and personal data:

                ```sh
                tapedeck record SOURCE --output recorded
                tapedeck conformance \(name.id).json5 --fixtures recorded
                ```

                To use it, put the file into the folder `plugins` beside `tapedeck.json5`, or name it there:

                ```json5
                plugins: ["\(name.id)/\(name.id).json5"],
                sources: { mine: { connector: "\(name.id)", settings: { accessToken: "${env:\(name.id.uppercased())_TOKEN}" } } },
                ```

                """
        )
    }
}
