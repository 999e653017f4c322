import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit

/// Serves the platforms of a job from this process, for a client of any kind.
struct BenchServer: Sendable {
    let world: BenchWorld
    /// The port on 127.0.0.1; 0 lets the system choose.
    let port: UInt16

    /// Says where the platforms are, serves until standard input ends or the task is cancelled, and says what happened.
    func run(in context: CommandContext) async throws -> ExitCode {
        let simulator: PlatformSimulator
        do {
            simulator = try PlatformSimulator(plan: world.plan)
            try simulator.start(port: port)
        } catch {
            throw CommandFailure(exitCode: .failed, message: "The simulator cannot be started: \(error).")
        }
        defer { simulator.stop() }
        let clock = context.services.clock
        let start = clock.uptime
        let usageBefore = ProcessUsage.ofThisProcess()
        let announcement = BenchAnnouncement(world, simulator)
        print(in: context) { announcement.write(to: &$0) }
        let input = StandardInput()
        for await _ in input.end {}
        withExtendedLifetime(input) {}
        let counts = simulator.statistics
        let statistics = BenchServerStatistics(
            requests: counts.requests,
            tooManyRequests: counts.tooManyRequests,
            fileRequests: counts.media.requests,
            wallSeconds: (clock.uptime - start).inSeconds,
            cpuSeconds: ProcessUsage.ofThisProcess().cpuSeconds - usageBefore.cpuSeconds
        )
        print(in: context) { statistics.write(to: &$0) }
        return .complete
    }

    /// Writes a line for machines, which are all that reads it.
    private func print(in context: CommandContext, _ body: (inout JSONWriter) -> Void) {
        let line = ResultJSON.object(command: context.command, exitCode: .complete, body)
        context.console.output.standardOutput(line + [0x0A])
    }
}
