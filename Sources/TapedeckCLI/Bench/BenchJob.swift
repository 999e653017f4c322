/// A piece of work that is measured, as data.
struct BenchJob: Sendable, Hashable {
    /// What the simulated platforms hold and how they behave.
    enum Shape: Sendable, Hashable {
        /// One list of recordings with their counters.
        case summaries
        /// The same, and one request more for each recording that was accessed.
        case details
        /// Users, their calls, their recordings, their audit trails.
        case kismet
        /// Details under a limit of requests.
        case rate(perSecond: Int, bucket: Int)
        /// Details from a platform that waits so long before each answer.
        case latency(milliseconds: Int)
        /// One large file.
        case media
        /// Many listings without recordings.
        case scheduling
    }

    let name: String
    /// What it does, in one sentence.
    let summary: String
    let shape: Shape
    /// How much there is to read at full scale: recordings, calls, listings or bytes, as the shape says.
    let size: Int
    /// The least that makes sense.
    let smallest: Int
    /// Whether it runs only when it is named, because it takes minutes.
    var isOnRequest = false
    /// Whether everything was read before, and is read again.
    var isRerun = false

    /// How much there is to read when everything is made larger or smaller.
    func count(atScale scale: Double) -> Int {
        max(smallest, Int((Double(size) * scale).rounded()))
    }
}

extension BenchJob {
    /// All jobs, in the order in which they run.
    static let all: [BenchJob] = [
        BenchJob(
            name: "summaries",
            summary: "200 000 Webex recordings with their counters, 100 a page, into JSON Lines.",
            shape: .summaries,
            size: 200_000,
            smallest: 100
        ),
        BenchJob(
            name: "rerun",
            summary: "The same 200 000 once more, with nothing changed.",
            shape: .summaries,
            size: 200_000,
            smallest: 100,
            isRerun: true
        ),
        BenchJob(
            name: "details",
            summary: "2 000 Webex recordings, and who accessed each.",
            shape: .details,
            size: 2_000,
            smallest: 20
        ),
        BenchJob(
            name: "kismet",
            summary: "Kismet's users, 500 calls, their recordings and the audit trail of each.",
            shape: .kismet,
            size: 500,
            smallest: 10
        ),
        BenchJob(
            name: "rate-50",
            summary: "About 1 000 requests where 50 a second are allowed, and 50 at once.",
            shape: .rate(perSecond: 50, bucket: 50),
            size: 980,
            smallest: 20
        ),
        BenchJob(
            name: "rate-1",
            summary: "About 1 000 requests where 50 a second are allowed, and one at once.",
            shape: .rate(perSecond: 50, bucket: 1),
            size: 980,
            smallest: 20
        ),
        BenchJob(
            name: "latency",
            summary: "About 1 000 requests to a platform that takes 100 ms to answer.",
            shape: .latency(milliseconds: 100),
            size: 980,
            smallest: 20
        ),
        BenchJob(
            name: "media",
            summary: "One file of 1 GiB, hashed and stored, beside what curl takes for it.",
            shape: .media,
            size: 1 << 30,
            smallest: 1 << 16
        ),
        BenchJob(
            name: "scheduling",
            summary: "1 000 empty listings of 1 000 sources, and of one source.",
            shape: .scheduling,
            size: 1_000,
            smallest: 5
        ),
        BenchJob(
            name: "ten-million",
            summary: "10 000 000 Webex recordings: the memory for them beside that for 1 %; takes minutes.",
            shape: .summaries,
            size: 10_000_000,
            smallest: 200,
            isOnRequest: true
        ),
    ]
}
