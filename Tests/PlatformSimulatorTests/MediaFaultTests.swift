import PlatformSimulator
import Testing

@Suite("Faults of the media origin")
struct MediaFaultTests {
    private static let length = 5000

    /// A rig whose every file has some faults, and one of its files.
    private func rig(
        _ faults: MediaFault...,
        requests: ClosedRange<Int> = 1...Int.max,
        clock: SimulatorClock? = nil,
        timeoutMilliseconds: Int32 = 3000
    ) throws -> (rig: MediaRig, truth: MediaTruth, bytes: [UInt8]) {
        var rule = MediaFaultRule(on: .everything, requests: requests)
        rule.faults = faults
        let rig = try MediaRig(
            MediaPlan(lengths: Self.length...Self.length, faults: [rule]),
            clock: clock,
            timeoutMilliseconds: timeoutMilliseconds
        )
        let truth = try rig.file(.kismet)
        return (rig, truth, truth.content.bytes(in: 0..<Self.length))
    }

    @Test("a range that is ignored is answered with the whole")
    func ignoresRange() throws {
        let (rig, truth, bytes) = try rig(.ignoresRange)
        let answer = try rig.fetch(truth.file, range: "bytes=100-")
        #expect(answer.status == 200)
        #expect(answer.body == bytes)
    }

    @Test("a length that is announced too large ends early, one too small cuts the file, none is none")
    func lengths() throws {
        let (more, file, bytes) = try rig(.announcesMore(by: 10))
        let short = try more.fetch(file.file)
        #expect(short.ending == .closedEarly)
        #expect(short[header: "Content-Length"] == "5010")
        #expect(short.body == bytes)
        let (less, _, _) = try rig(.announcesLess(by: 10))
        let cut = try less.fetch(file.file)
        #expect(cut.ending == .whole)
        #expect(cut.body == Array(bytes.dropLast(10)))
        let (none, _, _) = try rig(.announcesNothing)
        let unsaid = try none.fetch(file.file)
        #expect(unsaid[header: "Content-Length"] == nil)
        #expect(unsaid[header: "Connection"] == "close")
    }

    @Test("a file that trickles, stalls, is cut off or reset comes as far as it is let")
    func interruptions() throws {
        let (trickling, file, bytes) = try rig(.trickles, timeoutMilliseconds: 100)
        let trickle = try trickling.fetch(file.file)
        #expect(trickle.ending == .timedOut)
        #expect(trickle.body == Array(bytes.prefix(1)))
        let (stalling, _, _) = try rig(.stalls(afterBytes: 700), timeoutMilliseconds: 100)
        let stall = try stalling.fetch(file.file)
        #expect(stall.ending == .timedOut)
        #expect(stall.body == Array(bytes.prefix(700)))
        let (cutting, _, _) = try rig(.cutsOff(afterBytes: 700))
        let cut = try cutting.fetch(file.file, range: "bytes=1000-")
        #expect(cut.ending == .closedEarly)
        #expect(cut.body == Array(bytes[1000..<1700]))
        #expect(cutting.statistics.bytesByFile == [file.file: 700])
        let (resetting, _, _) = try rig(.resets(afterBytes: 700))
        let reset = try resetting.fetch(file.file)
        #expect(reset.ending == .reset)
        #expect(reset.body == Array(bytes.prefix(700)))
    }

    @Test("content that changes between two requests does so with another tag or secretly", arguments: [false, true])
    func changes(keepsETag: Bool) throws {
        let (rig, truth, bytes) = try rig(.changes(afterRequests: 1, keepsETag: keepsETag))
        let first = try rig.fetch(truth.file)
        let etag = try #require(first[header: "ETag"])
        #expect(first.body == bytes)
        let second = try rig.fetch(truth.file, range: "bytes=1000-", headers: ["If-Range": etag])
        let changed = try #require(rig.simulator.mediaContent(of: truth.file, version: 1))
        #expect(changed.bytes(in: 0..<Self.length) != bytes)
        #expect(second.status == (keepsETag ? 206 : 200))
        #expect(second.body == changed.bytes(in: (keepsETag ? 1000 : 0)..<Self.length))
        #expect((second[header: "ETag"] == etag) == keepsETag)
    }

    @Test("without a strong tag, If-Range has nothing that it could name")
    func weakTags() throws {
        let (none, file, _) = try rig(.hasNoETag)
        let untagged = try none.fetch(file.file)
        #expect(untagged[header: "ETag"] == nil)
        #expect(untagged[header: "Last-Modified"] == nil)
        #expect(try none.fetch(file.file, range: "bytes=10-").status == 206)
        let (weak, _, _) = try rig(.hasWeakETag)
        let etag = try #require(try weak.fetch(file.file)[header: "ETag"])
        #expect(etag.hasPrefix("W/\""))
        #expect(try weak.fetch(file.file, range: "bytes=10-", headers: ["If-Range": etag]).status == 200)
    }

    @Test(
        "what is not the file comes with status 200 all the same",
        arguments: [
            (MediaFault.htmlPage, "text/html; charset=utf-8", "<!DOCTYPE html>"),
            (.xmlError, "application/xml", "<?xml"), (.emptyBody, "video/mp4", ""),
        ]
    )
    func substitutes(fault: MediaFault, type: String, start: String) throws {
        let (rig, truth, _) = try rig(fault)
        let answer = try rig.fetch(truth.file)
        #expect(answer.status == 200)
        #expect(answer[header: "Content-Type"] == type)
        #expect(answer.text.hasPrefix(start))
        #expect(answer.text.count < 400)
    }

    @Test("a wrong type and gzip that nobody asked for are declared and done")
    func declarations() throws {
        let (typed, file, bytes) = try rig(.contentType("text/plain"))
        let text = try typed.fetch(file.file)
        #expect(text[header: "Content-Type"] == "text/plain")
        #expect(text.body == bytes)
        let (gzipping, _, _) = try rig(.gzips)
        let zipped = try gzipping.fetch(file.file)
        #expect(zipped[header: "Content-Encoding"] == "gzip")
        #expect(zipped.body.starts(with: [0x1f, 0x8b, 8]))
        // Ten bytes of head, five of the only stored block, eight of checksum and length.
        #expect(Array(zipped.body.dropFirst(15).dropLast(8)) == bytes)
    }

    @Test("a redirect leads to the file on another path or origin, or to a private address")
    func redirects() throws {
        let (path, file, bytes) = try rig(.redirectsToOtherPath)
        let moved = try path.fetch(file.file)
        #expect(moved.status == 302)
        let location = try #require(moved[header: "Location"])
        #expect(location.hasPrefix("/moved/"))
        #expect(path.media.send(location).body == bytes)
        let (origin, _, _) = try rig(.redirectsToOtherOrigin)
        let other = try #require(try origin.fetch(file.file)[header: "Location"])
        #expect(other.hasPrefix("http://localhost:\(origin.simulator.mediaPort)/moved/"))
        #expect(origin.media.send(other).body == bytes)
        let (privately, _, _) = try rig(.redirectsToPrivateAddress)
        #expect(try privately.fetch(file.file)[header: "Location"]?.hasPrefix("http://10.0.0.1/") == true)
    }

    @Test("a link that dies early answers 403, and a fresh one works as often again")
    func dyingLinks() throws {
        let (rig, truth, _) = try rig(.linkDies(afterRequests: 2))
        let link = try rig.link(truth.file)
        #expect(try (0..<3).map { _ in try rig.fetch(truth.file, link: link).status } == [200, 200, 403])
        let fresh = try rig.link(truth.file)
        #expect(try rig.fetch(truth.file, link: fresh).status == 200)
        #expect(try rig.fetch(truth.file, link: link).status == 403)
        #expect(rig.statistics.expiredLinks == 2)
        #expect(rig.statistics.requestsByFile == [truth.file: 3])
    }

    @Test("a rule strikes the requests and files that it names, and other rules may take its place")
    func rules() throws {
        let (rig, truth, _) = try rig(.status(503), requests: 2...2)
        #expect(try (0..<3).map { _ in try rig.fetch(truth.file).status } == [200, 503, 200])
        let other = try rig.file(.webex)
        rig.simulator.setMediaFaults([MediaFaultRule(.status(500), on: .recording(truth.file.recordingID))])
        #expect(try rig.fetch(truth.file).status == 500)
        #expect(try rig.fetch(other.file).status == 200)
        rig.simulator.setMediaFaults([MediaFaultRule(.status(500), on: .every(2, remainder: 1, platform: .kismet))])
        for file in try rig.files(.kismet).prefix(6) {
            #expect(try rig.fetch(file.file).status == (file.number % 2 == 1 ? 500 : 200))
        }
        #expect(try rig.fetch(other.file).status == 200)
        rig.simulator.setMediaFaults([MediaFaultRule(.status(500), on: .platform(.webex, rendition: "audio"))])
        let recording = try rig.file(.webex, "audio").file
        #expect(try rig.fetch(recording).status == 500)
        #expect(try rig.fetch(MediaFileID(.webex, recording.recordingID)).status == 200)
    }

    @Test("the demo's media are small, mostly there, and every fault is over after two requests or a redirect")
    func demo() throws {
        let simulator = try PlatformSimulator(plan: .demo(), clock: .fixed(unixSeconds: Rig.now))
        let truths = simulator.mediaTruth()
        #expect(truths.allSatisfy { $0.length <= 200_000 })
        #expect(Set(truths.map(\.state)) == Set(MediaTruth.State.allCases))
        #expect(truths.count { $0.state == .available } * 10 > truths.count * 9)
        for rule in simulator.plan.media?.faults ?? [] {
            #expect(rule.requests.upperBound <= 2 || rule.faults == [.redirectsToOtherOrigin])
        }
    }
}
