import RawJSON

/// What a server of simulated platforms did and took.
struct BenchServerStatistics: Sendable, Hashable {
    /// Requests to the APIs, those that were turned away among them.
    var requests: Int
    /// Answers with status 429.
    var tooManyRequests: Int
    /// Requests for files.
    var fileRequests: Int
    /// How long it served.
    var wallSeconds: Double
    /// The processor time of its process while it served.
    var cpuSeconds: Double

    func write(to writer: inout JSONWriter) {
        writer.member("requests", requests)
        writer.member("too_many_requests", tooManyRequests)
        writer.member("file_requests", fileRequests)
        writer.name("wall_seconds")
        writer.double(wallSeconds)
        writer.name("cpu_seconds")
        writer.double(cpuSeconds)
    }
}

extension BenchServerStatistics {
    /// Reads what ``write(to:)`` wrote; nil for anything else.
    init?(_ value: JSONValue) {
        guard let requests = value["requests"]?.integer, let tooMany = value["too_many_requests"]?.integer,
            let files = value["file_requests"]?.integer, let wall = value["wall_seconds"]?.double,
            let cpu = value["cpu_seconds"]?.double
        else { return nil }
        self.init(
            requests: Int(requests),
            tooManyRequests: Int(tooMany),
            fileRequests: Int(files),
            wallSeconds: wall,
            cpuSeconds: cpu
        )
    }
}
