import PlatformSimulator
import Testing

/// A rig whose simulator serves media, with a client for the media origin.
final class MediaRig {
    let rig: Rig
    let media: RawClient

    var simulator: PlatformSimulator { rig.simulator }
    var statistics: MediaStatistics { rig.simulator.statistics.media }

    init(
        _ plan: MediaPlan = MediaPlan(),
        clock: SimulatorClock? = nil,
        timeoutMilliseconds: Int32 = 3000
    ) throws {
        rig = try Rig(SimulatorPlan(media: plan), clock: clock)
        media = RawClient(port: rig.simulator.mediaPort, timeoutMilliseconds: timeoutMilliseconds)
    }

    /// Files that can be had, of a platform and rendition.
    func files(_ platform: SimulatedPlatform, _ rendition: String = "video") throws -> [MediaTruth] {
        let files = simulator.mediaTruth().filter {
            $0.file.platform == platform && $0.file.rendition == rendition && $0.state == .available
        }
        try #require(!files.isEmpty)
        return files
    }

    func file(_ platform: SimulatedPlatform, _ rendition: String = "video") throws -> MediaTruth {
        try #require(try files(platform, rendition).first)
    }

    /// What the API answers when it is asked for links to a recording's files.
    func details(_ file: MediaFileID) throws -> RawClient.Answer {
        switch file.platform {
        case .kismet:
            let truth = simulator.kismetTruth()
            let egress = try #require(truth.egresses.first { String($0.id) == file.recordingID })
            let call = try #require(truth.calls.first { $0.id == egress.callID })
            return rig.kismet("/organization_users/\(call.userIDs[0])/calls/\(call.id)/egresses/\(egress.id)")
        case .webex:
            let summary = try #require(
                simulator.webexTruth(accessRows: false).summaries.first { $0.recordingID == file.recordingID }
            )
            return rig.webex(
                "/recordings/\(file.recordingID)?hostEmail=\(summary.hostEmail)",
                headers: ["siteUrl": summary.siteURL]
            )
        }
    }

    /// A fresh link to a file.
    func link(_ file: MediaFileID) throws -> String {
        let details = try details(file).json
        if file.platform == .kismet { return try #require(details["url"]?.string) }
        let member = ["video": "recordingDownloadLink", "audio": "audioDownloadLink"][file.rendition]
        let links = details["temporaryDirectDownloadLinks"]
        return try #require(links?[member ?? "transcriptDownloadLink"]?.string)
    }

    /// Fetches a file, or a part of it, by a fresh link unless one is given.
    func fetch(
        _ file: MediaFileID,
        link: String? = nil,
        range: String? = nil,
        headers: [String: String] = [:]
    ) throws -> RawClient.Answer {
        var headers = headers
        headers["Range"] = range
        return media.send(try link ?? self.link(file), headers: headers)
    }
}
