/// What one round of one job came to.
struct BenchSample: Sendable, Hashable {
    /// From the start of the process to its end.
    var wallSeconds: Double
    /// The processor time of the process and all that it started.
    var cpuSeconds: Double
    /// The most memory that the process held; nil where that cannot be told.
    var peakBytes: Int?
    /// From the start of the process to the first record in a file; nil when there came none.
    var firstRecordSeconds: Double?
    /// Records that were written, of all kinds.
    var written = 0
    /// Requests that reached the APIs.
    var requests = 0
    /// Answers of 429 among them.
    var tooManyRequests = 0
    /// The processor time of the simulated platforms meanwhile; nil where there are none.
    var serverCPUSeconds: Double?
    /// The least time in which this can be done; nil where nothing but the machine sets one.
    var idealSeconds: Double?
}

/// All rounds of one row of the results.
struct BenchMeasurement: Sendable, Hashable {
    let job: String
    /// What tells it from the others of its job; empty where there is one.
    let variant: String
    /// What was measured: this program, the simulator by itself, or another program.
    var program = Self.tapedeck
    /// What the times are divided by: recordings, or listings where these are empty; zero where neither is what it is about.
    var items: Int
    /// What one of them is called.
    var unit = "recording"
    var samples: [BenchSample] = []
    /// Why it could not be measured.
    var failure: String?

    static let tapedeck = "tapedeck"
    static let simulator = "simulator"

    func spread(_ value: (BenchSample) -> Double?) -> Spread? { Spread(samples.compactMap(value)) }

    var wallSeconds: Spread? { spread(\.wallSeconds) }
    var cpuSeconds: Spread? { spread(\.cpuSeconds) }
    var peakBytes: Spread? { spread { $0.peakBytes.map(Double.init) } }
    var firstRecordSeconds: Spread? { spread(\.firstRecordSeconds) }
    var written: Spread? { spread { Double($0.written) } }
    var requests: Spread? { spread { Double($0.requests) } }
    var tooManyRequests: Spread? { spread { Double($0.tooManyRequests) } }
    var serverCPUSeconds: Spread? { spread(\.serverCPUSeconds) }

    /// Processor time for one item.
    var cpuMicrosecondsPerItem: Spread? {
        items == 0 ? nil : spread { $0.cpuSeconds * 1_000_000 / Double(items) }
    }

    var itemsPerSecond: Spread? {
        items == 0 ? nil : spread { $0.wallSeconds > 0 ? Double(items) / $0.wallSeconds : nil }
    }

    /// How many times as long as the least possible it took.
    var wallByIdeal: Spread? {
        spread { sample in sample.idealSeconds.flatMap { $0 > 0 ? sample.wallSeconds / $0 : nil } }
    }
}
