import PlatformSimulator
import RecordingKit
import RecordingTestKit

/// What a simulated platform answers a connector, where there is a simulator of its platform.
struct SimulatedFixtures {
    private let entry: ConnectorRegistry.Entry
    private let simulator: PlatformSimulator
    private let settings: [String: SettingValue]

    /// Prepares the simulator; nil when there is none of the connector's platform.
    init?(_ entry: ConnectorRegistry.Entry) {
        let plan = SimulatorPlan(
            kismet: KismetPlan(users: 3, calls: 9, egressesPerCall: 2, readsPerEgress: 3),
            webex: WebexPlan(
                sites: [WebexSite(name: "example.webex.com", recordings: 250)],
                hosts: 2
            )
        )
        guard let simulator = try? PlatformSimulator(plan: plan) else { return nil }
        switch entry.descriptor.id {
        case "kismet":
            settings = [
                "clientID": .string(plan.kismet.clientID), "clientSecret": .string(plan.kismet.clientSecret),
            ]
        case "webex":
            settings = [
                "accessToken": .string(plan.webex.authorization.accessToken), "sites": "all", "hostEmail": "all",
            ]
        default: return nil
        }
        self.entry = entry
        self.simulator = simulator
    }

    /// Reads a little of the simulated platform.
    func record(in context: CommandContext) async throws -> Fixtures {
        do {
            try simulator.start()
        } catch {
            throw CommandFailure(exitCode: .failed, message: "The simulator cannot be started: \(error).")
        }
        defer { simulator.stop() }
        var settings = settings
        settings["baseURL"] = .string(
            entry.descriptor.id == "kismet" ? simulator.kismetBaseURL : simulator.webexBaseURL
        )
        let services = context.services
        return try await services.withConnection { [entry, settings] transport in
            var recorder = FixtureRecorder(entry, settings: settings, transport: transport, clock: services.clock)
            recorder.includesMedia = true
            recorder.note = "From the simulator."
            return try await recorder.record(key: StandInKey(0, 0)).fixtures
        }
    }
}
