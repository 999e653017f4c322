import PlatformSimulator
import Testing

@Suite("Webex recordings")
struct WebexRecordingsTests {
    @Test("the list pages by Link through what the report knows, of one site or all, and has no temporary links")
    func list() throws {
        let rig = try MediaRig().rig
        let from = "from=\(Rig.daysAgo(300))&to=\(Rig.daysAgo(0))"
        let truth = rig.simulator.webexTruth(in: Rig.now - 300 * 86400..<Rig.now, accessRows: false).summaries
        let all = try rig.webexPages("/recordings?hostEmail=john.andersen@example.com&max=4&\(from)").flatMap { $0 }
        let own = truth.filter { $0.hostEmail == "john.andersen@example.com" }
        #expect(Set(all.compactMap { $0["id"]?.string }) == Set(own.map(\.recordingID)))
        #expect(all.count == own.count)
        #expect(all.count > 8)
        #expect(all.allSatisfy { $0["temporaryDirectDownloadLinks"] == nil && $0["downloadUrl"]?.string != nil })
        let site = try rig.webexPages("/recordings?siteUrl=emea.example.webex.com&max=4&\(from)").flatMap { $0 }
        #expect(site.count == own.count { $0.siteURL == "emea.example.webex.com" })
        #expect(rig.webex("/recordings?siteUrl=other.webex.com").status == 403)
        #expect(rig.webex("/recordings?from=yesterday").status == 400)
        #expect(rig.webex("/recordings?max=101").status == 400)
    }

    @Test("details carry the documented members, and links that end three hours later")
    func details() throws {
        let rig = try MediaRig()
        let file = try rig.file(.webex, "transcript")
        let details = try rig.details(file.file).json
        for member in [
            "id", "topic", "createTime", "timeRecorded", "siteUrl", "downloadUrl", "playbackUrl", "password", "format",
            "serviceType", "durationSeconds", "sizeBytes", "status",
        ] { #expect(details.keys.contains(member)) }
        let links = try #require(details["temporaryDirectDownloadLinks"])
        #expect(links["expiration"]?.string == (Rig.now + 10_800).utcTimestamp)
        #expect(rig.statistics.linkRequests == [file.file.recordingID: 1])
        let page = try #require(details["playbackUrl"]?.string)
        #expect(rig.media.send(page).text.hasPrefix("<!DOCTYPE html>"))
        #expect(rig.statistics.webPages == 1)
    }

    @Test("details are seen only as the recording's host and on its own site")
    func hostAndSite() throws {
        let rig = try MediaRig()
        let summaries = rig.simulator.webexTruth(accessRows: false).summaries
        let summary = try #require(summaries.first { $0.hostEmail != "john.andersen@example.com" })
        let path = "/recordings/\(summary.recordingID)"
        #expect(rig.rig.webex(path).status == 404)
        #expect(rig.rig.webex("\(path)?hostEmail=\(summary.hostEmail)").status == 200)
        let other = rig.rig.webex(
            "\(path)?hostEmail=\(summary.hostEmail)",
            headers: ["siteUrl": "emea.example.webex.com"]
        )
        #expect(other.status == (summary.siteURL == "emea.example.webex.com" ? 200 : 404))
        #expect(rig.rig.webex("/recordings/unknown").status == 404)
        #expect(rig.rig.client.send("/v1\(path)").status == 401)
    }

    @Test(
        "what stands between a client and the files shows as the platform shows it",
        arguments: [
            (MediaState.available, 200, 200, MediaTruth.State.available, MediaTruth.State.available),
            (.preventsDownloading, 200, 403, .forbidden, .forbidden), (.forbidden, 403, 403, .forbidden, .forbidden),
            (.scanned(afterSeconds: 60), 423, 200, .pending, .pending),
            (.late(afterSeconds: 60), 404, 200, .gone, .pending),
            (.needsConfirmation, 428, 403, .forbidden, .forbidden),
            (.deleted, 200, 404, .gone, .gone), (.purged, 410, 410, .gone, .gone),
        ]
    )
    func states(
        state: MediaState,
        webex: Int,
        kismet: Int,
        webexTruth: MediaTruth.State,
        kismetTruth: MediaTruth.State
    ) throws {
        let clock = ManualWallClock(seconds: Rig.now)
        let rig = try MediaRig(
            MediaPlan(states: [MediaStateRule(state, on: .every(1))]),
            clock: clock.simulatorClock
        )
        let truths = rig.simulator.mediaTruth()
        let recording = try #require(truths.first { $0.file.platform == .webex })
        let egress = try #require(
            rig.simulator.kismetTruth().egresses.first { $0.error == nil && $0.endedAt != nil }
        )
        let egressFile = MediaFileID(.kismet, String(egress.id))
        #expect(recording.state == webexTruth)
        #expect(truths.first { $0.file == egressFile }?.state == kismetTruth)
        let details = try rig.details(recording.file)
        #expect(details.status == webex)
        if webex == 200 {
            let hasLinks = try details.json["temporaryDirectDownloadLinks"]?["recordingDownloadLink"] != nil
            #expect(hasLinks == (state == .available))
            #expect(try details.json["status"]?.string == (state == .deleted ? "deleted" : "available"))
        }
        let show = try rig.details(egressFile)
        #expect(show.status == kismet)
        if kismet == 200 { #expect(try (show.json["url"]?.string != nil) == (state == .available)) }
        clock.advance(seconds: 60)
        if webexTruth == .pending || kismetTruth == .pending {
            #expect(try rig.fetch(recording.file).status == 200)
            #expect(try rig.fetch(egressFile).status == 200)
        }
        rig.simulator.setMediaState(.available, recording: recording.file.recordingID)
        #expect(try rig.fetch(recording.file).status == 200)
        #expect(rig.simulator.mediaTruth(of: recording.file)?.state == .available)
    }
}
