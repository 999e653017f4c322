import RawJSON
public import RecordingKit

/// Reads the Recording Report of Cisco Webex: recordings with their counters, and who accessed each; and their files.
public struct WebexSource: Connector, AccessReporting {
    private let scope: WebexScope

    /// Makes a source from checked settings; see ``Connector/init(settings:)``.
    public init(settings: Settings) throws {
        scope = try WebexScope(settings: settings)
    }

    /// Asks for one recording of the last seven days, which is the range that Webex takes when none is named.
    public func check(api: APIClient) async throws {
        var site: String?
        if case .named(let names) = scope.sites { site = names.first }
        let host = scope.hosts.first ?? nil
        _ = try await api.send(WebexRequest.summaries(site: site, host: host, size: 1))
    }

    /// Hands over one listing for each 90 days, site and host, the oldest days first.
    public func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        let sites: [String?]
        switch scope.sites {
        case .preferred: sites = [nil]
        case .named(let names): sites = names
        case .all: sites = try WebexMapping.sites(try await api.send(WebexRequest.sites).json)
        }
        for listing in scope.listings(in: window, sites: sites) { try await yield(listing) }
    }

    /// Reads the recordings of one listing with their counters.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when a row has no id; the other rows are handed over first.
    public func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        let host = listing.parameters["hostEmail"]
        let request = WebexRequest.summaries(site: listing.parameters["siteUrl"], host: host, window: listing.window)
        var unusable = 0
        for try await page in api.pages(request, paging: WebexRequest.paging) {
            let rows = page.items.compactMap { WebexMapping.recording($0, listedFor: host) }
            unusable += page.items.count - rows.count
            if unusable > 0 { await api.holdPlace() }
            try await yield(rows)
        }
        try WebexMapping.requireNone(unusable, "recordings without a recordingId")
    }

    /// Reads who accessed a recording; Webex cannot be asked for a range of time, so `since` changes nothing.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when a row belongs to another recording; the other rows are
    ///   handed over first.
    public func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        let request = WebexRequest.details(of: recording)
        var unusable = 0
        for try await page in api.pages(request, paging: WebexRequest.paging) {
            let rows = page.items.compactMap { WebexMapping.event($0, of: recording.id) }
            unusable += page.items.count - rows.count
            try await yield(rows)
        }
        try WebexMapping.requireNone(unusable, "access rows that are not of the recording asked for")
    }
}
