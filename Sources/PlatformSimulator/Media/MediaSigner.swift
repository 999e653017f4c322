/// Makes links to files, and tells what a request's link is worth.
struct MediaSigner: Sendable {
    let seed: UInt64
    let origin: String
    let kismetLinkSeconds: Int
    let webexLinkSeconds: Int

    /// What a link is worth at the moment.
    enum Verdict: Equatable {
        /// It opens the file; the text names the link.
        case good(MediaFileID, link: String)
        case expired(SimulatedPlatform)
        /// It was changed, or is none of this origin's.
        case forged(SimulatedPlatform)
        case unknownPath
    }

    // MARK: Making

    /// A link as Amazon S3 presigns it; `serial` makes each one another.
    func kismetLink(call: Int, egress: Int, at seconds: Int64, serial: Int) -> String {
        let date = Self.basicTime(seconds)
        let path = "/recordings/session-\(call)-recording-\(egress).mp4"
        return "\(origin)\(path)?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=SIMULATED%2F\(date.prefix(8))%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=\(date)"
            + "&X-Amz-Expires=\(kismetLinkSeconds)&X-Amz-Security-Token=\(serial)&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=\(signature("\(path) \(date) \(kismetLinkSeconds) \(serial)"))"
    }

    func webexLink(recording: String, rendition: String, at seconds: Int64, serial: Int) -> String {
        let milliseconds = seconds * 1000
        let ticket = signature("\(recording) \(rendition) \(milliseconds) \(serial)")
        let common =
            "siteid=2062842&recordid=\(recording)&serial=\(serial)&ticket=\(ticket)%3D%3D&timestamp=\(milliseconds)"
        switch rendition {
        case "video": return "\(origin)/nbr/MultiThreadDownloadServlet?\(common)"
        case "audio": return "\(origin)/nbr/downloadMedia.do?\(common)&mediaType=1"
        default: return "\(origin)/nbr/downloadMedia.do?\(common)&mediaType=2"
        }
    }

    // MARK: Checking

    func verdict(on request: HTTPRequest, path: String, now: Int64) -> Verdict {
        if path.hasPrefix("/recordings/") { return kismetVerdict(request.query, path, now: now) }
        switch (path, request.query["mediaType"]) {
        case ("/nbr/MultiThreadDownloadServlet", nil): return webexVerdict(request.query, "video", now: now)
        case ("/nbr/downloadMedia.do", "1"): return webexVerdict(request.query, "audio", now: now)
        case ("/nbr/downloadMedia.do", "2"): return webexVerdict(request.query, "transcript", now: now)
        default: return .unknownPath
        }
    }

    private func kismetVerdict(_ query: QueryParameters, _ path: String, now: Int64) -> Verdict {
        guard let egress = Self.egress(inPath: path)?.egress else { return .unknownPath }
        guard let date = query["X-Amz-Date"], let made = Self.seconds(basicTime: date),
            let expires = query["X-Amz-Expires"], let life = Int64(expires),
            let serial = query["X-Amz-Security-Token"], let signed = query["X-Amz-Signature"],
            signed == signature("\(path) \(date) \(expires) \(serial)")
        else { return .forged(.kismet) }
        guard now < made + life else { return .expired(.kismet) }
        return .good(MediaFileID(.kismet, String(egress)), link: signed)
    }

    private func webexVerdict(_ query: QueryParameters, _ rendition: String, now: Int64) -> Verdict {
        guard let recording = query["recordid"], let time = query["timestamp"], let milliseconds = Int64(time),
            let serial = query["serial"], let ticket = query["ticket"],
            ticket == signature("\(recording) \(rendition) \(milliseconds) \(serial)") + "=="
        else { return .forged(.webex) }
        guard now < milliseconds / 1000 + Int64(webexLinkSeconds) else { return .expired(.webex) }
        return .good(MediaFileID(.webex, recording, rendition), link: ticket)
    }

    /// The numbers in a path such as `/recordings/session-5-recording-1.mp4`.
    static func egress(inPath path: String) -> (call: Int, egress: Int)? {
        let parts = path.dropFirst("/recordings/".count).split(separator: "-")
        guard parts.count == 4, parts[0] == "session", parts[2] == "recording", parts[3].hasSuffix(".mp4"),
            let call = Int(parts[1]), let egress = Int(parts[3].dropLast(4))
        else { return nil }
        return (call, egress)
    }

    private func signature(_ text: String) -> String {
        let value = text.utf8.reduce(SeededHash.mix(seed &+ 31)) { SeededHash.mix($0 ^ UInt64($1)) }
        return String(value, radix: 16)
    }

    /// ISO 8601 in its basic form, such as `20251008T143000Z`.
    private static func basicTime(_ seconds: Int64) -> String {
        String(seconds.utcTimestamp.filter { $0 != "-" && $0 != ":" })
    }

    private static func seconds(basicTime text: String) -> Int64? {
        let digits = Array(text)
        guard digits.count == 16 else { return nil }
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        let extended =
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<11)):\(part(11..<13)):\(part(13..<16))"
        return TimestampParser.milliseconds(extended, zone: .utc).map { $0 / 1000 }
    }
}
