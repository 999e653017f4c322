import PlatformSimulator
import Testing

@Suite("Media origin")
struct MediaOriginTests {
    @Test(
        "a link leads to another origin and gives the file, whole, with its type, length and validators",
        arguments: [
            (SimulatedPlatform.kismet, "video"), (.webex, "video"), (.webex, "audio"), (.webex, "transcript"),
        ]
    )
    func wholeFile(platform: SimulatedPlatform, rendition: String) throws {
        let rig = try MediaRig()
        #expect(rig.simulator.mediaPort != rig.simulator.port)
        let truth = try rig.file(platform, rendition)
        let link = try rig.link(truth.file)
        #expect(link.hasPrefix("\(rig.simulator.mediaOrigin)/"))
        let answer = try rig.fetch(truth.file, link: link)
        #expect(answer.status == 200)
        #expect(answer.body == truth.content.bytes(in: 0..<truth.length))
        #expect(answer[header: "Content-Type"] == truth.contentType)
        #expect(answer[header: "Content-Length"] == String(truth.length))
        #expect(answer[header: "ETag"]?.hasPrefix("\"") == true)
        #expect(answer[header: "Last-Modified"]?.hasSuffix("GMT") == true)
        #expect(rig.statistics.requestsByFile == [truth.file: 1])
        #expect(rig.statistics.bytesByFile == [truth.file: truth.length])
    }

    @Test(
        "one range of bytes is answered with 206 and exactly that part",
        arguments: [
            ("bytes=0-0", 0..<1), ("bytes=100-", 100..<5000), ("bytes=-7", 4993..<5000), ("bytes=10-99999", 10..<5000),
        ]
    )
    func ranges(header: String, expected: Range<Int>) throws {
        let rig = try MediaRig(MediaPlan(lengths: 5000...5000))
        let truth = try rig.file(.kismet)
        let answer = try rig.fetch(truth.file, range: header)
        #expect(answer.status == 206)
        #expect(answer.body == truth.content.bytes(in: expected))
        #expect(answer[header: "Content-Range"] == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/5000")
        #expect(rig.statistics.partialAnswers == [truth.file: 1])
    }

    @Test("what is past the end is answered with 416, and what is no range with the whole")
    func oddRanges() throws {
        let rig = try MediaRig(MediaPlan(lengths: 5000...5000))
        let file = try rig.file(.kismet).file
        for range in ["bytes=5000-", "bytes=-0"] {
            let answer = try rig.fetch(file, range: range)
            #expect(answer.status == 416)
            #expect(answer[header: "Content-Range"] == "bytes */5000")
        }
        for range in ["bytes=5-1", "bytes=a-b", "items=0-1", "bytes=0-1,5-6", "bytes=-"] {
            #expect(try rig.fetch(file, range: range).status == 200)
        }
    }

    @Test("a range is honoured only when If-Range names the file's strong tag or date")
    func ifRange() throws {
        let rig = try MediaRig()
        let file = try rig.file(.webex).file
        let whole = try rig.fetch(file)
        let etag = try #require(whole[header: "ETag"])
        let date = try #require(whole[header: "Last-Modified"])
        for (validator, status) in [(etag, 206), (date, 206), ("W/\(etag)", 200), ("\"other\"", 200)] {
            let answer = try rig.fetch(file, range: "bytes=10-", headers: ["If-Range": validator])
            #expect(answer.status == status)
        }
    }

    @Test(
        "a request with credentials of an API or a cookie is refused and counted, even with a good link",
        arguments: ["X-Client-ID", "X-Client-Secret", "Authorization", "Cookie"]
    )
    func clientHeaders(name: String) throws {
        let rig = try MediaRig()
        let file = try rig.file(.kismet).file
        #expect(try rig.fetch(file, headers: [name: "x"]).status == 400)
        #expect(rig.statistics.requestsWithClientHeaders == 1)
        #expect(rig.statistics.requestsByFile.isEmpty)
        #expect(try rig.fetch(file).status == 200)
    }

    @Test(
        "a link works until its last second and then answers 403",
        arguments: [(SimulatedPlatform.kismet, 900.0), (.webex, 10_800.0)]
    )
    func expiry(platform: SimulatedPlatform, life: Double) throws {
        let clock = ManualWallClock(seconds: Rig.now)
        let rig = try MediaRig(clock: clock.simulatorClock)
        let file = try rig.file(platform).file
        let link = try rig.link(file)
        clock.advance(seconds: life - 1)
        #expect(try rig.fetch(file, link: link).status == 200)
        clock.advance(seconds: 1)
        let refused = try rig.fetch(file, link: link)
        #expect(refused.status == 403)
        if platform == .kismet {
            #expect(refused[header: "Content-Type"] == "application/xml")
            #expect(refused.text.contains("<Code>AccessDenied</Code><Message>Request has expired</Message>"))
        }
        #expect(rig.statistics.expiredLinks == 1)
        #expect(try rig.fetch(file).status == 200)
    }

    @Test("a link that was changed, or is used with another method, does not match its signature")
    func forgedLinks() throws {
        let rig = try MediaRig()
        let files = try rig.files(.kismet)
        let link = try rig.link(files[0].file)
        let longer = link.replacing("X-Amz-Expires=900", with: "X-Amz-Expires=9000")
        let other = link.replacing("-recording-\(files[0].number).", with: "-recording-\(files[1].number).")
        for target in [longer, other, String(link.prefix { $0 != "?" })] {
            let answer = rig.media.send(target)
            #expect(answer.status == 403)
            #expect(answer.text.contains("SignatureDoesNotMatch"))
        }
        let head = RawClient(port: rig.simulator.mediaPort, timeoutMilliseconds: 50).send(link, method: "HEAD")
        #expect(head.status == 403)
        #expect(rig.statistics.forgedLinks == 4)
        #expect(rig.media.send("/recordings/elsewhere.mp4").status == 404)
    }

    @Test("each show leaves a read and is counted, and each link is another one")
    func shows() throws {
        let rig = try MediaRig()
        let file = try rig.file(.kismet)
        let rows = rig.simulator.kismetTruth().auditRows.count
        #expect(try rig.link(file.file) != rig.link(file.file))
        #expect(rig.statistics.shows == [file.number: 2])
        #expect(rig.simulator.kismetTruth().auditRows.count == rows + 2)
    }

    @Test("the media origin is gone after a stop, and comes back on the port that it is told")
    func lifecycle() throws {
        let simulator = try PlatformSimulator(
            plan: SimulatorPlan(media: MediaPlan()),
            clock: .fixed(unixSeconds: Rig.now)
        )
        try simulator.start()
        let port = simulator.mediaPort
        simulator.stop()
        #expect(simulator.mediaPort == 0)
        try simulator.start(mediaPort: port)
        #expect(simulator.mediaPort == port)
        simulator.stop()
    }
}
