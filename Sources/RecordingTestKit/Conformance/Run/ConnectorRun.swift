import RawJSON
import RecordingHost
import RecordingKit

/// What a connector asked for and handed over when its methods were called one after another.
struct ConnectorRun: Sendable {
    /// What one method handed over.
    struct Reading: Sendable {
        var phase: ReadingPhase
        var recordings: [ListedRecording] = []
        var events: [AccessEvent] = []
        var media: MediaAvailability?
        /// What the method threw; nil when it returned.
        var failure: (any Error)?
    }

    /// What was set up: the settings that the connector saw, and the range that it was asked for.
    var settings: Settings?
    var window: TimeWindow?
    /// Why no source could be made; nil when one was.
    var setupFailure: (any Error)?

    var listings: [Listing] = []
    /// The recordings whose events and media are asked for.
    var chosen: [Recording] = []
    var readings: [Reading] = []
    /// What the connector had sent through its client, a page or a single answer each.
    var fetches: [Fetch] = []
    /// What went over the wire, repeats included.
    var exchanges: [Exchange] = []
    /// One sentence for each request that is not recorded.
    var unrecorded: [String] = []
    /// Exchanges that are recorded and were not asked for.
    var unasked: [RecordedExchange] = []

    /// All recordings that were handed over, listing by listing.
    var recordings: [ListedRecording] { readings.flatMap(\.recordings) }
    /// All access events that were handed over.
    var events: [AccessEvent] { readings.flatMap(\.events) }

    /// The smallest size that each endpoint's pages were asked with: the host goes on with it for as long as a run lasts.
    var pageSizes: [String: Int] {
        exchanges.reduce(into: [:]) { sizes, exchange in
            guard fetches.indices.contains(exchange.fetch),
                let parameter = fetches[exchange.fetch].paging?.pageSize?.parameter,
                let size = exchange.request.queryValue(parameter).flatMap({ Int($0) })
            else { return }
            let endpoint = fetches[exchange.fetch].request.endpoint
            sizes[endpoint] = min(size, sizes[endpoint] ?? size)
        }
    }

    func reading(_ phase: ReadingPhase) -> Reading? { readings.first { $0.phase == phase } }

    func fetches(in phase: ReadingPhase) -> [Fetch] { fetches.filter { $0.phase == phase } }
}

/// One page or one single answer that a connector asked its client for.
struct Fetch: Sendable {
    let phase: ReadingPhase
    let request: APIRequest
    /// How it was paged; nil for a single request.
    let paging: Paging?
    /// 1 for the first page and for a single request.
    let page: Int
    /// How many pages the connector had handed over when it asked.
    let yields: Int
    var response: APIResponse?
    var items: [JSONValue] = []
    /// Whether the client refused to go further because enough was read.
    var isCutShort = false
}

/// A request and its answer as they went over the wire.
struct Exchange: Sendable {
    let fetch: Int
    let request: TransportRequest
    let response: TransportResponse
}

/// What is done to answers and calls so that a connector shows what it makes of it.
struct Interference: Sendable {
    /// Changes an answer with a status of 2xx, by the index of the fetch that it belongs to.
    var alter: (@Sendable (Int, TransportResponse) -> TransportResponse)?
    /// Fails the fetch with this index.
    var failure: (@Sendable (Int) -> (any Error)?)?
    /// Cuts each page that the pager brings into others, or empties it.
    var reshape: (@Sendable (APIPage, Paging) -> [APIPage])?
    /// Holds the fetch with this index until its task is cancelled, and has it cancelled.
    var cancelledFetch: Int?
    /// What handing over the first page throws.
    var refusal: (any Error)?
}
