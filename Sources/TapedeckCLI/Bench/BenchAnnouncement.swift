import PlatformSimulator
import RawJSON
import RecordingKit

/// Where the simulated platforms of a job are, how to get in, and what a complete reading finds.
struct BenchAnnouncement: Sendable, Hashable {
    struct Kismet: Sendable, Hashable {
        var baseURL: String
        var clientID: String
        var clientSecret: String
    }

    struct Webex: Sendable, Hashable {
        var baseURL: String
        var accessToken: String
    }

    struct File: Sendable, Hashable {
        var url: String
        var bytes: Int
    }

    var job: String
    var port: Int
    /// How many recordings a complete reading finds, over both platforms.
    var recordings: Int
    var from: Timestamp
    var to: Timestamp
    var kismet: Kismet
    var webex: Webex
    /// The one file of the job that is about files.
    var file: File?
}

extension BenchAnnouncement {
    /// What there is to say about a simulator that serves.
    init(_ world: BenchWorld, _ simulator: PlatformSimulator) {
        let plan = world.plan
        let webexRecordings = plan.webex.sites.reduce(0) { $0 + $1.recordings }
        self.init(
            job: world.job.name,
            port: Int(simulator.port),
            recordings: webexRecordings + simulator.kismetTruth().egresses.count,
            from: world.from,
            to: world.to,
            kismet: Kismet(
                baseURL: simulator.kismetBaseURL,
                clientID: plan.kismet.clientID,
                clientSecret: plan.kismet.clientSecret
            ),
            webex: Webex(baseURL: simulator.webexBaseURL, accessToken: plan.webex.authorization.accessToken),
            file: plan.media.flatMap { media in
                simulator.webexFileLink(recordingAt: 0).map { File(url: $0, bytes: media.lengths.upperBound) }
            }
        )
    }

    func write(to writer: inout JSONWriter) {
        writer.member("job", job)
        writer.member("port", port)
        writer.member("recordings", recordings)
        writer.member("from", from.description)
        writer.member("to", to.description)
        writer.name("kismet")
        writer.beginObject()
        writer.member("base_url", kismet.baseURL)
        writer.member("client_id", kismet.clientID)
        writer.member("client_secret", kismet.clientSecret)
        writer.endObject()
        writer.name("webex")
        writer.beginObject()
        writer.member("base_url", webex.baseURL)
        writer.member("access_token", webex.accessToken)
        writer.endObject()
        writer.name("file")
        guard let file else { return writer.null() }
        writer.beginObject()
        writer.member("url", file.url)
        writer.member("bytes", file.bytes)
        writer.endObject()
    }

    /// Reads what ``write(to:)`` wrote; nil for anything else.
    init?(_ value: JSONValue) {
        guard let job = value["job"]?.string, let port = value["port"]?.integer,
            let recordings = value["recordings"]?.integer,
            let from = value["from"]?.string.flatMap({ Timestamp($0) }),
            let to = value["to"]?.string.flatMap({ Timestamp($0) }),
            let kismet = value["kismet"].flatMap(Kismet.init), let webex = value["webex"].flatMap(Webex.init)
        else { return nil }
        self.init(
            job: job,
            port: Int(port),
            recordings: Int(recordings),
            from: from,
            to: to,
            kismet: kismet,
            webex: webex,
            file: value["file"].flatMap(File.init)
        )
    }
}

extension BenchAnnouncement.Kismet {
    fileprivate init?(_ value: JSONValue) {
        guard let baseURL = value["base_url"]?.string, let clientID = value["client_id"]?.string,
            let clientSecret = value["client_secret"]?.string
        else { return nil }
        self.init(baseURL: baseURL, clientID: clientID, clientSecret: clientSecret)
    }
}

extension BenchAnnouncement.Webex {
    fileprivate init?(_ value: JSONValue) {
        guard let baseURL = value["base_url"]?.string, let accessToken = value["access_token"]?.string else {
            return nil
        }
        self.init(baseURL: baseURL, accessToken: accessToken)
    }
}

extension BenchAnnouncement.File {
    fileprivate init?(_ value: JSONValue) {
        guard let url = value["url"]?.string, let bytes = value["bytes"]?.integer else { return nil }
        self.init(url: url, bytes: Int(bytes))
    }
}
