/// One way in which a job is run, which gives one row of the results.
struct BenchVariant: Sendable, Hashable {
    /// What tells it from the others of its job; empty where there is one.
    var label = ""
    var connector = "webex"
    /// The kinds of records that are read.
    var reads: [String]
    /// How many sources the configuration has, all on the same platform.
    var sources = 1
    /// How many requests may be under way at once; nil leaves that to the connector.
    var concurrency: Int?
    /// How much of the job's size there is to read.
    var share = 1.0
    /// Whether the records keep the platform's own objects.
    var keepsRaw = true

    private static let counters = ["recordings", "access_summaries"]

    /// The ways in which a job is run, in their order.
    static func all(of job: BenchJob) -> [BenchVariant] {
        let details = BenchVariant(reads: counters + ["access_events"])
        func atOnce(_ count: Int) -> BenchVariant {
            var variant = details
            variant.label = "\(count) at once"
            variant.concurrency = count
            return variant
        }
        switch job.shape {
        case .summaries where job.isOnRequest:
            var large = BenchVariant(reads: ["recordings"])
            large.keepsRaw = false
            var small = large
            small.label = "1 %"
            small.share = 0.01
            return [small, large]
        case .summaries: return [BenchVariant(reads: counters)]
        case .details: return [details]
        case .kismet: return [BenchVariant(connector: "kismet", reads: ["recordings", "access_events"])]
        case .rate: return [1, 8, 64].map(atOnce)
        case .latency: return [8, 64].map(atOnce)
        case .media: return [BenchVariant(reads: ["recordings", "media"])]
        case .scheduling:
            var many = BenchVariant(label: "sources", reads: ["recordings"])
            many.sources = job.size
            return [many, BenchVariant(label: "one source", connector: "kismet", reads: ["recordings"])]
        }
    }
}

extension BenchJob.Shape {
    /// The least time in which so many requests can be answered, in seconds; nil where nothing but the machine sets one.
    ///
    /// - Parameter concurrency: how many may be under way at once.
    ///
    /// 1 000 requests under 50 a second and 50 at once take 19 s: the first 50 are free.
    func idealSeconds(forRequests count: Int, concurrency: Int?) -> Double? {
        switch self {
        case .rate(let perSecond, let bucket):
            return Double(max(0, count - bucket)) / Double(perSecond)
        case .latency(let milliseconds):
            guard let concurrency, concurrency > 0 else { return nil }
            let turns = (count + concurrency - 1) / concurrency
            return Double(turns * milliseconds) / 1_000
        default: return nil
        }
    }
}
