/// The configuration with which a job is read, and the variables that it refers to.
struct BenchConfiguration: Sendable {
    let announcement: BenchAnnouncement
    let variant: BenchVariant
    /// How many sources there are.
    let sources: Int

    /// The platforms' credentials.
    var environment: [String: String] {
        [
            "KISMET_CLIENT_ID": announcement.kismet.clientID,
            "KISMET_CLIENT_SECRET": announcement.kismet.clientSecret,
            "WEBEX_TOKEN": announcement.webex.accessToken,
        ]
    }

    /// The file's content.
    var text: String {
        """
        // Written by "tapedeck bench", which sets the variables and starts the platforms at these addresses.
        {
            ledger: "sqlite:tapedeck.db",
            sources: {
        \((1...max(sources, 1)).map(source).joined(separator: "\n"))
            },
            sinks: [{ kind: "jsonl", directory: "out" }],
        \(variant.reads.contains("media") ? "    media: { directory: \"out/media\" },\n" : "")\
            raw: \(variant.keepsRaw),
        }

        """
    }

    private func source(_ number: Int) -> String {
        let reads = variant.reads.map { "\"\($0)\"" }.joined(separator: ", ")
        let limits = variant.concurrency.map { " limits: { concurrency: \($0) }," } ?? ""
        return """
                source\(number): { connector: "\(variant.connector)", read: [\(reads)],\(limits)
                    settings: { \(settings) } },
            """
    }

    private var settings: String {
        if variant.connector == "kismet" {
            return """
                baseURL: "\(announcement.kismet.baseURL)", clientID: "${env:KISMET_CLIENT_ID}", \
                clientSecret: "${env:KISMET_CLIENT_SECRET}"
                """
        }
        return """
            baseURL: "\(announcement.webex.baseURL)", accessToken: "${env:WEBEX_TOKEN}", from: "\(announcement.from)"
            """
    }
}
