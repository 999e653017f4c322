import PlatformSimulator

/// The configuration that reads a simulator, and the variables that it refers to.
struct DemoConfiguration {
    /// How the file begins; a file that begins otherwise is somebody's own.
    static let mark = "// Written by \"tapedeck demo\""

    let simulator: PlatformSimulator

    /// The simulator's credentials.
    var environment: [String: String] {
        let authorization = simulator.plan.webex.authorization
        return [
            "KISMET_CLIENT_ID": simulator.plan.kismet.clientID,
            "KISMET_CLIENT_SECRET": simulator.plan.kismet.clientSecret,
            "WEBEX_CLIENT_ID": authorization.clientID,
            "WEBEX_CLIENT_SECRET": authorization.clientSecret,
            "WEBEX_REFRESH_TOKEN": authorization.refreshToken,
        ]
    }

    /// The file's content.
    var text: String {
        """
        \(Self.mark), which sets the variables and starts the platforms at these addresses.
        {
            ledger: "sqlite:tapedeck.db",
            sources: {
                clinic: {
                    connector: "kismet",
                    read: ["recordings", "access_events", "media"],
                    settings: {
                        baseURL: "\(simulator.kismetBaseURL)",
                        clientID: "${env:KISMET_CLIENT_ID}",
                        clientSecret: "${env:KISMET_CLIENT_SECRET}",
                    },
                },
                acme: {
                    connector: "webex",
                    read: ["recordings", "access_summaries", "access_events", "media"],
                    settings: {
                        baseURL: "\(simulator.webexBaseURL)",
                        oauth: {
                            clientID: "${env:WEBEX_CLIENT_ID}",
                            clientSecret: "${env:WEBEX_CLIENT_SECRET}",
                            refreshToken: "${env:WEBEX_REFRESH_TOKEN}",
                        },
                        sites: "all",
                        hostEmail: "all",
                    },
                },
            },
            sinks: [{ kind: "jsonl", directory: "out" }],
            media: { directory: "out/media" },
            raw: true,
        }

        """
    }
}
