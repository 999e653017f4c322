import Foundation
import PlatformSimulator
import Testing

@Suite("Life of a simulator", .serialized)
struct LifecycleTests {
    @Test("It starts and stops many times, with open and stalled connections, and says where it listens")
    func startsAndStops() throws {
        let plan = SimulatorPlan(faults: [Fault(.stallAfterHead, on: .endpoint(.kismetOrganizationUsers))])
        let simulator = try PlatformSimulator(plan: plan, clock: .fixed(unixSeconds: Rig.now))
        for _ in 0..<50 {
            let port = try simulator.start()
            #expect(simulator.webexBaseURL == "http://127.0.0.1:\(port)/v1")
            #expect(simulator.kismetBaseURL == "http://127.0.0.1:\(port)/api/external")
            #expect(throws: SimulatorError.running) { try simulator.start() }
            let open = RawClient(port: port)
            #expect(open.send("/v1/meetingPreferences/sites", headers: Rig.webexHeaders).status == 200)
            let stalled = RawClient(port: port, timeoutMilliseconds: 1)
            _ = stalled.send("/api/external/organization_users", headers: Rig.kismetHeaders)
            simulator.stop()
            #expect(simulator.port == 0)
        }
        simulator.stop()
        #expect(simulator.statistics.requestsByEndpoint[.webexSites] == 50)
    }

    @Test("A stop frees the port, every descriptor and every thread of the simulator")
    func leavesNothing() throws {
        let simulator = try PlatformSimulator(plan: SimulatorPlan(), clock: .fixed(unixSeconds: Rig.now))
        let port = try simulator.start()
        let clients = (0..<20).map { _ in RawClient(port: port) }
        for client in clients {
            #expect(client.send("/v1/meetingPreferences/sites", headers: Rig.webexHeaders).status == 200)
        }
        #expect(throws: SimulatorError.self) { try PlatformSimulator(plan: SimulatorPlan()).start(port: port) }
        simulator.stop()
        for client in clients { client.disconnect() }
        #if os(Linux)
        #expect(try socketsOfThisProcess(port: port).isEmpty)
        #endif
        #expect(try simulator.start(port: port) == port)
        simulator.stop()
    }

    #if os(Linux)
    /// Inodes of this process's sockets that are bound to a port, read from the kernel's tables.
    private func socketsOfThisProcess(port: UInt16) throws -> Set<String> {
        let table = try String(contentsOfFile: "/proc/self/net/tcp", encoding: .utf8)
        let suffix = ":" + String(format: "%04X", Int(port))
        var bound: Set<String> = []
        for line in table.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            if fields.count > 9, fields[1].hasSuffix(suffix) { bound.insert(String(fields[9])) }
        }
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let links = descriptors.compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
        return bound.filter { links.contains("socket:[\($0)]") }
    }
    #endif

    @Test("Two simulators of one plan say the same, another seed says something else")
    func determinism() throws {
        func bodies(_ seed: UInt64) throws -> [String] {
            let rig = try Rig(SimulatorPlan(seed: seed))
            return [
                rig.webex(
                    "/recordingReport/accessSummary?hostEmail=all&max=50&from=\(Rig.daysAgo(80))&to=\(Rig.daysAgo(0))"
                ).text,
                rig.kismet("/organization_users/101/calls").text,
            ]
        }
        #expect(try bodies(3) == bodies(3))
        #expect(try zip(bodies(3), bodies(4)).allSatisfy { $0 != $1 })
    }

    @Test("Data stay the same all day long")
    func stableWithinDay() throws {
        let morning = try PlatformSimulator(plan: .demo(seed: 2), clock: .fixed(unixSeconds: Rig.now - 12 * 3600))
        let night = try PlatformSimulator(plan: .demo(seed: 2), clock: .fixed(unixSeconds: Rig.now + 12 * 3600 - 1))
        #expect(morning.kismetTruth() == night.kismetTruth())
        #expect(morning.webexTruth() == night.webexTruth())
    }

    @Test("The presets have the sizes that they promise")
    func presets() throws {
        let demo = try PlatformSimulator(plan: .demo(), clock: .fixed(unixSeconds: Rig.now))
        #expect(demo.webexTruth(accessRows: false).summaries.count == 400)
        let truth = demo.kismetTruth()
        #expect(truth.calls.count == 42)
        #expect((45...90).contains(truth.egresses.count))
        let rig = try Rig(.large(webexRecordings: 200_000))
        let target = "/recordingReport/accessSummary?max=100&from=\(Rig.daysAgo(2))&to=\(Rig.daysAgo(1))"
        let items = try rig.webexPages(target).flatMap { $0 }
        #expect(
            items.count
                == rig.simulator.webexTruth(in: Rig.now - 2 * 86400..<Rig.now - 86400, accessRows: false).summaries
                .count
        )
        #expect(items.count > 400)
    }

    @Test("Requests that come in pieces, together, or malformed are read as HTTP says")
    func requestParsing() throws {
        let rig = try Rig()
        let head =
            "GET /v1/meetingPreferences/sites HTTP/1.1\r\nHost: a\r\nAUTHORIZATION:  Bearer webex-access-token \r\n"
        #expect(rig.client.exchange(Array("\(head)\r\n".utf8)).status == 200)
        let closing = rig.client.exchange(Array("\(head)Connection: close\r\n\r\n".utf8))
        #expect(closing[header: "Connection"] == "close")
        #expect(rig.client.exchange(Array("nonsense\r\n\r\n".utf8)).status == 400)
        #expect(rig.client.exchange(Array("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)).status == 411)
        #expect(rig.client.exchange([UInt8](repeating: 65, count: 70000)).status == 431)
        #expect(
            rig.client.send("/v1/meetingPreferences/sites", method: "DELETE", headers: Rig.webexHeaders).status == 405
        )
    }
}
