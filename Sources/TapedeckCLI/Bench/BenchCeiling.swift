import RecordingHost

/// How fast the simulated platforms of a job answer a client that does nothing with what it gets.
struct BenchCeiling: Sendable {
    /// More pages tell nothing new.
    private static let mostPages = 5_000

    let runner: BenchRunner

    /// What was fetched.
    private struct Drained {
        var items: Int
        var seconds: Double
    }

    /// Measures one round; nil for jobs in which something other than the machine sets the pace.
    func run(_ job: BenchJob, _ variant: BenchVariant) async throws -> (sample: BenchSample, items: Int)? {
        switch job.shape {
        case .summaries, .details, .media: break
        default: return nil
        }
        let place = try BenchFolder(in: runner.folder)
        defer { place.remove() }
        let (drained, statistics) = try await runner.withPlatforms(job, variant, in: place) { announcement in
            let start = runner.clock.uptime
            let items: Int?
            switch job.shape {
            case .media: items = try await file(announcement)
            case .details: items = try await details(announcement)
            default: items = try await summaries(announcement)
            }
            guard let items else {
                throw CommandFailure(exitCode: .failed, message: "The simulated platforms broke off.")
            }
            return Drained(items: items, seconds: (runner.clock.uptime - start).inSeconds)
        }
        var sample = BenchSample(wallSeconds: drained.seconds, cpuSeconds: statistics.cpuSeconds)
        sample.requests = statistics.requests + statistics.fileRequests
        return (sample, job.shape == .media ? 0 : drained.items)
    }

    /// Pages of recordings, one after another over one connection.
    private func summaries(_ announcement: BenchAnnouncement) async throws -> Int? {
        var pages = 0
        guard let connection = DrainConnection(port: announcement.port) else { return nil }
        var target: String? = Self.firstPage(announcement)
        while let page = target, pages < Self.mostPages {
            try await Self.breathe(pages)
            guard let answer = connection.get(page, fields: Self.fields(announcement)), answer.status == 200 else {
                return nil
            }
            target = answer.next
            pages += 1
        }
        return min(pages * 100, announcement.recordings)
    }

    /// Pages of recordings, and after each the details of its recordings.
    private func details(_ announcement: BenchAnnouncement) async throws -> Int? {
        guard let connection = DrainConnection(port: announcement.port) else { return nil }
        var target: String? = Self.firstPage(announcement)
        var count = 0
        while let page = target {
            guard let answer = connection.get(page, fields: Self.fields(announcement), keepingBody: true) else {
                return nil
            }
            for id in Self.identifiers(in: answer.body) {
                try await Self.breathe(count)
                let detail = "/v1/recordingReport/accessDetail?recordingId=\(id)&max=100"
                guard connection.get(detail, fields: Self.fields(announcement))?.status == 200 else { return nil }
                count += 1
            }
            target = answer.next
        }
        return count
    }

    private func file(_ announcement: BenchAnnouncement) async throws -> Int? {
        guard let file = announcement.file, let place = LoopbackAddress(file.url),
            let connection = DrainConnection(port: place.port), let answer = connection.get(place.target, fields: "")
        else { return nil }
        return answer.length
    }

    private static func firstPage(_ announcement: BenchAnnouncement) -> String {
        "/v1/recordingReport/accessSummary?max=100&from=\(announcement.from)&to=\(announcement.to)"
    }

    private static func fields(_ announcement: BenchAnnouncement) -> String {
        "Authorization: Bearer \(announcement.webex.accessToken)\r\n"
    }

    /// Lets others use this thread now and then, and stops when the task was cancelled.
    private static func breathe(_ count: Int) async throws {
        guard count.isMultiple(of: 64) else { return }
        try Task.checkCancellation()
        await Task.yield()
    }

    /// What stands after each `"recordingId":"` in a page.
    static func identifiers(in body: [UInt8]) -> [String] {
        let mark = Array("\"recordingId\":\"".utf8)
        var found: [String] = []
        var index = 0
        while index + mark.count < body.count {
            guard body[index] == mark[0], body[index..<(index + mark.count)].elementsEqual(mark) else {
                index += 1
                continue
            }
            let rest = body[(index + mark.count)...]
            let id = rest.prefix { $0 != UInt8(ascii: "\"") }
            found.append(String(decoding: id, as: UTF8.self))
            index = id.endIndex
        }
        return found
    }
}

/// A port of this machine, and what is asked for there.
struct LoopbackAddress: Sendable, Hashable {
    let port: Int
    let target: String

    /// Reads `http://127.0.0.1:PORT/…`; nil for anything else.
    init?(_ url: String) {
        let prefix = "http://127.0.0.1:"
        guard url.hasPrefix(prefix) else { return nil }
        let rest = url.dropFirst(prefix.count)
        guard let slash = rest.firstIndex(of: "/"), let port = Int(rest[..<slash]) else { return nil }
        self.port = port
        target = String(rest[slash...])
    }
}
