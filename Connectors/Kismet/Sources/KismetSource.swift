import RawJSON
public import RecordingKit

/// Reads the call recordings of one Kismet Health organization, and their audit trails.
///
/// Nothing that it sends leaves an entry in the customer's audit trail, except asking for a link to a file.
public struct KismetSource: Connector, AccessReporting {
    /// The calls that the operator named; nil means all that can be found.
    private let calls: [KismetCall]?
    /// How long after its last change a call that ended may still come to have recordings.
    private let settlingTime: Duration

    /// Makes a source from checked settings; see ``Connector/init(settings:)``.
    public init(settings: Settings) throws {
        var seen: Set<KismetCall> = []
        let named = settings.objects("calls").compactMap(KismetCall.init(setting:)).filter { seen.insert($0).inserted }
        calls = settings["calls"] == nil ? nil : named
        settlingTime = .seconds((settings.integer("settlingDays") ?? 90) * 86_400)
    }

    /// Asks for one user, or for the recordings of the first call that the operator named.
    public func check(api: APIClient) async throws {
        _ = try await api.send(calls?.first.map(KismetRequest.egresses) ?? KismetRequest.anyUser)
    }

    /// Hands over one listing for each call that may have recordings; the platform cannot be asked for a range of time.
    public func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        if let calls {
            for call in calls { try await yield(call.listing()) }
            return
        }
        var unusable = 0
        for try await page in api.pages(
            KismetRequest.users,
            paging: KismetRequest.numberedPages(of: "/organization_users")
        ) {
            for row in page.items {
                guard let user = row.identifier("id") else {
                    unusable += 1
                    continue
                }
                try await discoverCalls(of: user, api: api, yield: yield)
            }
        }
        try KismetMapping.requireNone(unusable, "users without an id")
    }

    /// Reads the recordings of one call; none means that there are none yet, and says nothing about earlier ones.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when a recording has no id; the others are handed over first.
    public func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        guard let call = KismetCall(listing) else { throw KismetMapping.lostCall }
        var unusable = 0
        for try await page in api.pages(KismetRequest.egresses(of: call), paging: .single(items: "/egresses")) {
            let rows = page.items.compactMap { KismetMapping.recording($0, of: call) }
            unusable += page.items.count - rows.count
            if unusable > 0 { await api.holdPlace() }
            try await yield(rows)
        }
        try KismetMapping.requireNone(unusable, "recordings without an id")
    }

    /// Reads who created, changed or read a recording, from the day before `since` on.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when an entry has no id; the others are handed over first.
    public func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        guard let call = KismetCall(recording) else { throw KismetMapping.lostCall }
        let request = KismetRequest.auditLogs(of: recording.id, in: call, since: since)
        var unusable = 0
        for try await page in api.pages(request, paging: KismetRequest.numberedPages(of: "/audit_logs")) {
            let rows = page.items.compactMap { KismetMapping.event($0, of: recording.id) }
            unusable += page.items.count - rows.count
            try await yield(rows)
        }
        try KismetMapping.requireNone(unusable, "audit entries without an id")
    }
}

// MARK: - Discovery

extension KismetSource {
    /// Hands over the calls of one user; a user whose calls cannot be read is handed over as an unreadable part.
    private func discoverCalls(of user: String, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        let pages = api.pages(KismetRequest.calls(of: user), paging: KismetRequest.numberedPages(of: "/calls"))
        var iterator = pages.makeAsyncIterator()
        var unusable = 0
        while true {
            let page: APIPage?
            do {
                page = try await iterator.next()
            } catch let error as TapedeckError where KismetSource.concernsOnePart(error.code) {
                return try await yield(unreadable(user, because: error))
            }
            guard let page else { break }
            for row in page.items where KismetMapping.mayHaveRecordings(row) {
                if let call = row.identifier("id") {
                    let settlesAt = KismetMapping.lastChange(ofEnded: row)?.advanced(by: settlingTime)
                    try await yield(KismetCall(user: user, call: call).listing(settlesAt: settlesAt))
                } else {
                    unusable += 1
                }
            }
        }
        do {
            try KismetMapping.requireNone(unusable, "calls without an id")
        } catch {
            try await yield(unreadable(user, because: error))
        }
    }

    private func unreadable(_ user: String, because error: TapedeckError) -> Listing {
        .unreadable(key: "user/\(user)/calls", label: "calls of user \(user)", because: error)
    }

    /// Whether a failure says something about the one user alone, so that the others are still worth asking for.
    private static func concernsOnePart(_ code: TapedeckError.Code) -> Bool {
        switch code {
        case .notFound, .gone, .forbidden, .serverError, .timeout, .connectionFailed, .rateLimited, .unexpectedStatus,
            .malformedResponse, .notJSON,
            .truncatedResponse, .responseTooLarge, .pagingCycle, .pagingLimit, .pagingBroken, .countMismatch:
            true
        default: false
        }
    }
}
