/// What a simulator has seen and done since it was made or last reset.
package struct SimulatorStatistics: Sendable, Equatable {
    package var requests = 0
    package var requestsByEndpoint: [SimulatorEndpoint: Int] = [:]
    /// Answers with status 429, from the rate limit and from faults.
    package var tooManyRequests = 0
    /// Answers with a status from 400 to 499, 429 included.
    package var clientErrors = 0
    /// Answers with a status of 500 or more.
    package var serverErrors = 0
    /// Requests that came while a `Retry-After` that their credential had been given was still running.
    ///
    /// A request within the plan's grace (2 ms) after that answer was on the wire already and does not count.
    package var requestsWhileRetryAfter = 0
    /// Calls of Kismet's *show*, each of which left a `read` row.
    package var showReads = 0
    /// Access tokens issued by the token endpoint.
    package var tokenRefreshes = 0
    package var connections = 0
    package var faults: [FaultKind: Int] = [:]
    package var media = MediaStatistics()

    package init() {}
}
