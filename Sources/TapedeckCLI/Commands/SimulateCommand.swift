import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit

/// Runs the simulated platforms until a signal comes.
struct SimulateCommand: Command {
    private static let port = OptionSpec.value("port", "N", help: "The port on 127.0.0.1 (default: a free one).")
    private static let recordings = OptionSpec.value(
        "webex-recordings",
        "N",
        help: "Recordings of the simulated Webex, on one site (default: 90 on two)."
    )
    private static let calls = OptionSpec.value(
        "kismet-calls",
        "N",
        help: "Calls of the simulated Kismet (default: 30)."
    )
    private static let rate = OptionSpec.value(
        "rate",
        "R",
        help: "Answer 429 above R requests a second (default: never)."
    )
    private static let bucket = OptionSpec.value(
        "bucket",
        "B",
        help: "How many requests may come at once under --rate (default: 1)."
    )
    private static let faults = OptionSpec.value(
        "faults",
        "WHICH",
        help: "none (default), or demo for a little of everything that goes wrong."
    )
    private static let seed = OptionSpec.value("seed", "N", help: "Another seed gives other data (default: 1).")

    static let spec = CommandSpec(
        name: "simulate",
        summary: "Runs the simulated platforms on this machine until a signal comes, for connector work.",
        discussion: ["The addresses and credentials come first, what clients did comes at the end."],
        options: [port, recordings, calls, rate, bucket, faults, seed],
        examples: [
            .init(line: "simulate --port 8080 --rate 50 --bucket 1", purpose: "Serves at most 50 requests a second."),
            .init(
                line: "simulate --faults demo --json",
                purpose: "Adds faults; addresses and statistics are JSON lines."
            ),
        ]
    )

    private let port: UInt16
    private let plan: SimulatorPlan

    init(_ parsed: ParsedCommand) throws(UsageError) {
        let name = Self.spec.name
        port = try parsed.wholeNumber(Self.port, command: name, atMost: UInt16.max) ?? 0
        let seed: UInt64 = try parsed.wholeNumber(Self.seed, command: name, atMost: .max) ?? 1
        var plan = SimulatorPlan(seed: seed)
        plan.media = SimulatorPlan.demo(seed: seed).media
        switch parsed.value(Self.faults) {
        case nil, "none": plan.media?.faults = []
        case "demo": plan.faults = SimulatorPlan.demo(seed: seed).faults
        default: throw UsageError("--faults takes none or demo.", command: name)
        }
        if let count = try parsed.wholeNumber(Self.recordings, command: name, atMost: 10_000_000) {
            plan.webex.sites = [WebexSite(name: "example.webex.com", recordings: count)]
        }
        if let count = try parsed.wholeNumber(Self.calls, command: name, atMost: 1_000_000) {
            plan.kismet.calls = count
        }
        let bucket = try parsed.wholeNumber(Self.bucket, command: name, atMost: 1_000_000)
        if let rate = try parsed.positiveNumber(Self.rate, command: name) {
            plan.rateLimit = RateLimitPlan(.tokenBucket(perSecond: rate, capacity: max(bucket ?? 1, 1)))
        } else if bucket != nil {
            throw UsageError("--bucket needs --rate.", command: name)
        }
        self.plan = plan
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        let simulator: PlatformSimulator
        do {
            simulator = try PlatformSimulator(plan: plan)
            try simulator.start(port: port)
        } catch {
            throw CommandFailure(exitCode: .failed, message: "The simulator cannot be started: \(error).")
        }
        defer { simulator.stop() }
        announce(simulator, in: context)
        do {
            while true {
                try await context.services.clock.sleep(until: context.services.clock.uptime + .seconds(3_600))
            }
        } catch {
            conclude(simulator.statistics, in: context)
            return .complete
        }
    }

    private func announce(_ simulator: PlatformSimulator, in context: CommandContext) {
        let authorization = plan.webex.authorization
        context.console.print([
            "Kismet: \(simulator.kismetBaseURL)",
            "  clientID \(plan.kismet.clientID), clientSecret \(plan.kismet.clientSecret)",
            "Webex: \(simulator.webexBaseURL)",
            "  accessToken \(authorization.accessToken)",
            "  oauth: clientID \(authorization.clientID), clientSecret \(authorization.clientSecret), "
                + "refreshToken \(authorization.refreshToken)",
            "Serving until control-C.",
        ])
        context.printJSON(.complete) { writer in
            writer.name("kismet")
            writer.beginObject()
            writer.member("base_url", simulator.kismetBaseURL)
            writer.member("client_id", plan.kismet.clientID)
            writer.member("client_secret", plan.kismet.clientSecret)
            writer.endObject()
            writer.name("webex")
            writer.beginObject()
            writer.member("base_url", simulator.webexBaseURL)
            writer.member("access_token", authorization.accessToken)
            writer.member("client_id", authorization.clientID)
            writer.member("client_secret", authorization.clientSecret)
            writer.member("refresh_token", authorization.refreshToken)
            writer.endObject()
        }
    }

    private func conclude(_ statistics: SimulatorStatistics, in context: CommandContext) {
        let counts = [
            ("requests", statistics.requests), ("connections", statistics.connections),
            ("too_many_requests", statistics.tooManyRequests), ("client_errors", statistics.clientErrors),
            ("server_errors", statistics.serverErrors),
            ("requests_while_retry_after", statistics.requestsWhileRetryAfter),
            ("show_reads", statistics.showReads), ("token_refreshes", statistics.tokenRefreshes),
            ("faults", statistics.faults.values.reduce(0, +)),
        ]
        var table = Table([.init(heading: "COUNT"), .init(heading: "", isNumber: true)])
        for (name, count) in counts { table.append([name, String(count)]) }
        for endpoint in SimulatorEndpoint.allCases {
            guard let count = statistics.requestsByEndpoint[endpoint] else { continue }
            table.append([endpoint.rawValue, String(count)])
        }
        context.console.print(table.lines(width: context.console.output.width))
        context.printJSON(.complete) { writer in
            writer.name("statistics")
            writer.beginObject()
            for (name, count) in counts { writer.member(name, count) }
            writer.endObject()
        }
    }
}
