import CurlTransport
import FileSinks
import RecordingHost
import RecordingKit
import SQLiteStore
import WebexConnector

var registry = ConnectorRegistry()
try registry.register(WebexSource.self)

let webex = SourceConfiguration(id: "acme", connector: "webex", settings: ["accessToken": "…", "sites": "all"])
let ledger = try SQLiteLedger.open(path: "tapedeck.db", holder: LedgerHolder(command: "my-tool"))
let report = try await withCurlTransport { transport in
    let host = Host(
        registry: registry,
        configuration: HostConfiguration(sources: [webex]),
        transport: transport
    )
    return try await host.sync(ledger: ledger, sinks: [JSONLinesSink(directory: "out")]) { progress in
        print("\(progress.source): \(progress.counts.recordings) recordings so far")
    }
}
await ledger.close()
for outcome in report.outcomes {
    print("\(outcome.source): \(outcome.state), \(outcome.counts.recordings) recordings")
}
